import type { IncomingMessage, ServerResponse } from 'node:http';

const SESSION = 'lacollecte-session';
const SIGN_IN = 'lacollecte-sign-in-';
/** Browsers take a name that begins so from this very host alone, over TLS, for every path. */
const HOST_ONLY = '__Host-';
const OURS = new RegExp(`^(${HOST_ONLY})?(${SESSION}$|${SIGN_IN})`);

function pairsOf({ headers }: IncomingMessage): string[] {
  return (headers.cookie ?? '').split(';').map((pair) => pair.trim()).filter((pair) => pair !== '');
}

function nameOf(pair: string): string {
  return pair.split('=', 1)[0]!;
}

/** The gateway's cookies of one browser, at the address it sees. */
export class Cookies {
  readonly #given: ReadonlyMap<string, string>;
  readonly #prefix: string;
  readonly #attributes: string;

  constructor(
    request: IncomingMessage,
    private readonly response: ServerResponse,
    address: URL,
  ) {
    const secure = address.protocol === 'https:';
    this.#given = new Map(pairsOf(request).map((pair) => [nameOf(pair), pair.slice(nameOf(pair).length + 1)]));
    this.#prefix = secure ? HOST_ONLY : '';
    this.#attributes = `Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  }

  get session(): string | undefined {
    return this.#given.get(this.#prefix + SESSION);
  }

  keepSession(value: string, seconds: number): void {
    this.#set(SESSION, value, seconds);
  }

  /** Only when somebody leaves: one that is no session (any more) does no harm, and the answer might come after another tab has signed in again. */
  forgetSession(): void {
    this.#set(SESSION, '', 0);
  }

  /** What was kept for sign-ins under way: one for each tab. */
  get signIns(): ReadonlyMap<string, string> {
    const prefix = this.#prefix + SIGN_IN;
    return new Map([...this.#given].flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [])));
  }

  keepSignIn(key: string, value: string, seconds: number): void {
    this.#set(SIGN_IN + key, value, seconds);
  }

  forgetSignIn(key: string): void {
    this.#set(SIGN_IN + key, '', 0);
  }

  #set(name: string, value: string, seconds: number): void {
    this.response.appendHeader('set-cookie', `${this.#prefix}${name}=${value}; ${this.#attributes}; Max-Age=${seconds}`);
  }
}

/** Takes our cookies out of a request that goes on to a service; others stay. */
export function stripCookies(request: IncomingMessage): void {
  if (request.headers.cookie === undefined) return;
  const others = pairsOf(request).filter((pair) => !OURS.test(nameOf(pair)));
  if (others.length > 0) request.headers.cookie = others.join('; ');
  else delete request.headers.cookie;
}
