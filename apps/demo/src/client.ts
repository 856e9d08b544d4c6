import { refresh, signIn, type Tokens } from '@lacollecte/issuer/sign-in';
import { setTimeout as delay } from 'node:timers/promises';
import { token } from './random.js';

/** Requests under way at any time: enough to keep two cores busy, too few to look like an attack. */
const IN_FLIGHT = 8;
/** How long a request that may be repeated is repeated. */
const PERSISTENCE_MS = 120_000;
/** An access token is renewed this long before it ends. */
const EARLY_MS = 60_000;

/** An answer that is no success: the problem details as the system gave them. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    what: string,
    detail: string,
  ) {
    super(`${what}: ${status} ${code}${detail && `: ${detail}`}`);
    this.name = 'Refusal';
  }
}

export interface Sending {
  readonly body?: unknown;
  /** Of what was shown: If-Match. */
  readonly version?: number;
  /** A file instead of a body. */
  readonly file?: { readonly bytes: Uint8Array<ArrayBuffer>; readonly type: string };
}

interface Page<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/** Lets a number of tasks run at once; the others wait in line. */
class Gate {
  readonly #waiting: (() => void)[] = [];
  #free = IN_FLIGHT;

  async through<T>(task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}

/** The public HTTP API of one system, for one run of the demonstration. */
export class Api {
  readonly #gate = new Gate();

  /**
   * @param run names this run: with the step's name it makes the idempotency keys, so that a repeated request is safe
   * @param issuer where people sign in; null: at the system itself
   */
  constructor(
    readonly url: string,
    readonly run: string,
    private readonly issuer: string | null = null,
  ) {}

  /** Whether whom the system invites can sign in: an issuer elsewhere knows only those it was told of. */
  get knowsInvited(): boolean {
    return this.issuer === null;
  }

  /** Somebody who has not signed in. */
  readonly visitor = new Person(this, undefined);

  async signIn(email: string, password: string): Promise<Person> {
    const issuer = this.issuer ?? `${this.url}/oidc`;
    return new Person(this, new Session(issuer, await this.#gate.through(() => signIn({ issuer, email, password }))));
  }

  /** What the front door says of all services. */
  health<T>(): Promise<T> {
    return this.send<T>('GET /health', '/health', async () => ({}));
  }

  /** Sends a request until it is answered: again where nobody answered, where the system is busy, or where something has not arrived yet. */
  async send<T>(what: string, path: string, init: () => Promise<RequestInit>): Promise<T> {
    const deadline = Date.now() + PERSISTENCE_MS;
    for (let pause = 200; ; pause = Math.min(pause * 2, 5_000)) {
      const outcome = await this.#gate.through(async () => this.#attempt<T>(what, path, await init()));
      if ('answer' in outcome) return outcome.answer;
      if (Date.now() > deadline) throw outcome.failure;
      await delay(outcome.afterMs ?? pause);
    }
  }

  async #attempt<T>(what: string, path: string, init: RequestInit): Promise<{ answer: T } | { failure: Error; afterMs: number | undefined }> {
    let response: Response;
    let text: string;
    try {
      response = await fetch(`${this.url}${path}`, init);
      text = await response.text();
    } catch (error) {
      return { failure: new Error(`${what}: ${this.url} does not answer`, { cause: error }), afterMs: undefined };
    }
    if (response.ok) return { answer: (text === '' ? undefined : JSON.parse(text)) as T };
    const refusal = refusalOf(what, response.status, text);
    if (!isPassing(refusal)) throw refusal;
    const seconds = Number(response.headers.get('retry-after'));
    return { failure: refusal, afterMs: seconds > 0 ? seconds * 1_000 : undefined };
  }
}

function refusalOf(what: string, status: number, text: string): Refusal {
  try {
    const { code, title, errors } = JSON.parse(text) as { code?: string; title?: string; errors?: unknown };
    return new Refusal(status, code ?? 'unknown', what, [title, errors && JSON.stringify(errors)].filter(Boolean).join(' '));
  } catch {
    return new Refusal(status, 'unknown', what, text.slice(0, 200));
  }
}

/** Refused for now. */
function isPassing({ status, code }: Refusal): boolean {
  return status === 429 || status === 502 || status === 503 || status === 504 || (status === 409 && code === 'not-here-yet');
}

/** Tokens that are renewed in time, once however many ask. */
class Session {
  #renewal: Promise<void> | undefined;

  constructor(
    private readonly issuer: string,
    private tokens: Tokens,
  ) {}

  async authorization(): Promise<string> {
    if (this.tokens.expiresAt.getTime() - Date.now() < EARLY_MS) {
      this.#renewal ??= this.#renew().finally(() => (this.#renewal = undefined));
      await this.#renewal;
    }
    return `Bearer ${this.tokens.accessToken}`;
  }

  async #renew(): Promise<void> {
    this.tokens = await refresh({ issuer: this.issuer, refreshToken: this.tokens.refreshToken });
  }
}

/** What one person does over the API. Paths begin after `/api`. */
export class Person {
  constructor(
    private readonly api: Api,
    private readonly session: Session | undefined,
  ) {}

  get<T>(path: string): Promise<T> {
    return this.#send<T>('GET', path, undefined, {});
  }

  /** Every item of a list, page by page. */
  async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    let after = '';
    do {
      const page = await this.get<Page<T>>(`${path}${path.includes('?') ? '&' : '?'}limit=200${after}`);
      items.push(...page.items);
      after = page.next === null ? '' : `&after=${page.next}`;
    } while (after !== '');
    return items;
  }

  /** @param step what is done, unique in this run: done once, however often it is sent */
  post<T>(path: string, step: string, sending: Sending = {}): Promise<T> {
    return this.#send<T>('POST', path, step, sending);
  }

  #send<T>(method: 'GET' | 'POST', path: string, step: string | undefined, { body, version, file }: Sending): Promise<T> {
    return this.api.send<T>(`${method} ${path}`, `/api${path}`, async () => {
      const headers = new Headers({ 'accept-language': 'en' });
      if (this.session) headers.set('authorization', await this.session.authorization());
      if (step !== undefined) headers.set('idempotency-key', token(40, this.api.run, step));
      if (version !== undefined) headers.set('if-match', `"${version}"`);
      if (file) headers.set('content-type', file.type);
      else if (body !== undefined) headers.set('content-type', 'application/json');
      return { method, headers, body: file ? file.bytes : body === undefined ? undefined : JSON.stringify(body) };
    });
  }
}

export function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) => items.slice(i * size, (i + 1) * size));
}
