import { isTransient } from '@lacollecte/database';
import type { Log } from '@lacollecte/runtime';
import { type Grant, type IssuerClient, IssuerUnavailable, Refused } from './issuer-client.js';
import { REFRESH_BEFORE_SECONDS } from './limits.js';
import { Secret } from './secret.js';
import type { SessionStore } from './session-store.js';

/** Who is signed in with which browser, and with fresh tokens. */
export class Sessions {
  /** Renewals under way in this process: the requests of one page wait for one of them, on one connection. */
  readonly #renewals = new Map<string, Promise<Grant | null>>();

  constructor(
    private readonly store: SessionStore,
    private readonly issuer: IssuerClient,
    private readonly log: Log,
  ) {}

  /** A new secret each time: one that somebody else has put into a browser never becomes a session. */
  async open(grant: Grant): Promise<Secret> {
    const secret = Secret.create();
    await this.store.create(secret.id, secret.seal(grant), refreshIn(grant));
    return secret;
  }

  /** As it is, for signing out: that must not need the issuer. */
  async find(secret: Secret): Promise<Grant | null> {
    const row = await this.store.find(secret.id);
    return row ? secret.open<Grant>(row.sealed) : null;
  }

  /** Null where there is none (any more). @throws IssuerUnavailable or a database's error where that cannot be told now */
  async resume(secret: Secret): Promise<Grant | null> {
    const row = await this.store.find(secret.id);
    if (!row) return null;
    const grant = secret.open<Grant>(row.sealed);
    return row.due ? this.#renewed(secret, grant) : grant;
  }

  /** A token that is good for a moment yet bridges an issuer that does not answer. */
  async #renewed(secret: Secret, grant: Grant): Promise<Grant | null> {
    const key = secret.id.toString('base64');
    const renewal = this.#renewals.get(key) ?? this.#renew(secret).finally(() => this.#renewals.delete(key));
    this.#renewals.set(key, renewal);
    try {
      return await renewal;
    } catch (error) {
      if (!(error instanceof IssuerUnavailable || isTransient(error)) || grant.accessEndsAt <= Date.now()) throw error;
      this.log.warn({ reason: (error as Error).message }, 'a token could not be renewed for now');
      return grant;
    }
  }

  async #renew(secret: Secret): Promise<Grant | null> {
    const sealed = await this.store.renew(secret.id, async (current) => {
      try {
        const fresh = await this.issuer.refresh(secret.open<Grant>(current));
        return { sealed: secret.seal(fresh), refreshInSeconds: refreshIn(fresh) };
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        this.log.info({ reason: error.reason }, 'a session has ended: its token is not renewed');
        return null;
      }
    });
    return sealed && secret.open<Grant>(sealed);
  }

  /** Signs out, here and now, and takes back the refresh token where that can be done. */
  async end(secret: Secret, grant: Grant): Promise<void> {
    await this.store.end(secret.id);
    await this.issuer.revoke(grant).catch((error: Error) => this.log.warn({ reason: error.message }, 'a refresh token was not taken back'));
  }

  /** What a session that has just been ended held, once. */
  async take(secret: Secret): Promise<Grant | null> {
    const sealed = await this.store.take(secret.id);
    return sealed && secret.open<Grant>(sealed);
  }

  remove(secret: Secret): Promise<void> {
    return this.store.remove(secret.id);
  }
}

/** Seconds until a fresh access token is needed; where there will be none, until this one's end. */
function refreshIn({ accessEndsAt, refreshToken }: Grant): number {
  const seconds = (accessEndsAt - Date.now()) / 1_000;
  return refreshToken === null ? seconds : Math.max(seconds / 2, seconds - REFRESH_BEFORE_SECONDS);
}
