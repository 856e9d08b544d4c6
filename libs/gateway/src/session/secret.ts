import { createCipheriv, createDecipheriv, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/**
 * What the browser's cookie holds, and all that follows from it: the database has the name that cannot be turned back, and what is
 * sealed with a key that it does not have. Whoever reads it, or a backup of it, can neither use nor open a session.
 */
export class Secret {
  private constructor(readonly value: string) {}

  static create(): Secret {
    return new Secret(randomBytes(32).toString('base64url'));
  }

  /** Null where it is not even one of ours by its looks. */
  static parse(value: string | undefined): Secret | null {
    return value !== undefined && /^[\w-]{43}$/.test(value) ? new Secret(value) : null;
  }

  /** Of the session's row. */
  get id(): Buffer {
    return this.#derived('id');
  }

  /** What the page sends with each change; it follows from what only the browser keeps, so it is stored nowhere. */
  get csrf(): string {
    return this.#derived('csrf').toString('base64url');
  }

  isCsrf(given: string): boolean {
    const [actual, expected] = [Buffer.from(given), Buffer.from(this.csrf)];
    return actual.length === expected.length && timingSafeEqual(actual, expected);
  }

  seal(content: object): Buffer {
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(CIPHER, this.#derived('seal'), iv);
    const sealed = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), sealed]);
  }

  /** @throws Error if it was not sealed with this secret, or was changed */
  open<T extends object>(sealed: Buffer): T {
    const decipher = createDecipheriv(CIPHER, this.#derived('seal'), sealed.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAuthTag(sealed.subarray(IV_BYTES, IV_BYTES + TAG_BYTES));
    return JSON.parse(Buffer.concat([decipher.update(sealed.subarray(IV_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8')) as T;
  }

  #derived(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', Buffer.from(this.value, 'base64url'), '', `lacollecte session ${purpose}`, 32));
  }
}
