import { createHash, randomBytes } from 'node:crypto';

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly idToken: string;
  /** When the access token ends. */
  readonly expiresAt: Date;
}

/** What the person can do about it. */
const ADVICE: Readonly<Record<string, string>> = {
  'wrong-credentials': 'check the e-mail and the password, and that this issuer knows the person',
  'too-many-attempts': 'wait, then try again',
  'issuer-away': 'start it (npm start, npm run stack or docker compose up), or give the address where it is',
  'no-issuer': 'name the issuer with --issuer or OIDC_ISSUER; with docker compose it is http://localhost:8080/realms/lacollecte',
  'grant-not-allowed': 'the client "cli" needs direct access grants, which only the realm of a demonstration should allow',
};

/**
 * Signing in did not work; `code` is `wrong-credentials`, `too-many-attempts`, `issuer-away` (nobody answers), `no-issuer` (something
 * else answers), `grant-not-allowed`, `unexpected-answer` or an OAuth error. The message says what to do.
 */
export class SignInError extends Error {
  constructor(
    readonly code: string,
    readonly detail = '',
    options?: ErrorOptions,
  ) {
    const advice = ADVICE[code];
    super(`sign-in failed: ${code}${detail && ` (${detail})`}${advice === undefined ? '' : `: ${advice}`}`, options);
    this.name = 'SignInError';
  }
}

const CLIENT = 'cli';
/** Nothing listens there: the code is read from the redirect. */
const REDIRECT = 'http://127.0.0.1/callback';
/** Of one request. */
const PATIENCE_MS = 30_000;
const PASSWORD_GRANT_ERRORS: Readonly<Record<string, string>> = {
  invalid_grant: 'wrong-credentials', unauthorized_client: 'grant-not-allowed', unsupported_grant_type: 'grant-not-allowed',
};

/** What a browser keeps of cookies, as far as an issuer on one host needs it. */
class CookieJar {
  readonly #cookies = new Map<string, { name: string; value: string; path: string }>();

  keep(response: Response, url: URL): void {
    for (const header of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = header.split(';').map((part) => part.trim());
      const [name = '', value = ''] = pair.split(/=(.*)/s);
      const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5) ?? url.pathname.replace(/\/[^/]*$/, '');
      if (value === '') this.#cookies.delete(`${name} ${path}`);
      else this.#cookies.set(`${name} ${path}`, { name, value, path });
    }
  }

  for(url: URL): string {
    const matching = [...this.#cookies.values()].filter(({ path }) => url.pathname === path || url.pathname.startsWith(path.endsWith('/') ? path : `${path}/`));
    return matching.map(({ name, value }) => `${name}=${value}`).join('; ');
  }
}

interface Discovery {
  readonly authorization_endpoint: string;
  readonly token_endpoint: string;
  readonly grant_types_supported?: readonly string[];
}

async function ask(url: URL | string, init: RequestInit = {}): Promise<Response> {
  try {
    return await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    throw new SignInError('issuer-away', `nothing answers at ${new URL(url).origin}`, { cause: error });
  }
}

/** The object that was answered, or undefined: what is no issuer may answer anything. */
async function objectOf(response: Response): Promise<Record<string, unknown> | undefined> {
  const answer: unknown = await response.json().catch(() => undefined);
  return typeof answer === 'object' && answer !== null ? (answer as Record<string, unknown>) : undefined;
}

async function discover(issuer: string): Promise<Discovery> {
  const url = `${issuer.replace(/\/+$/, '')}/.well-known/openid-configuration`;
  if (!/^https?:/.test(URL.parse(url)?.protocol ?? '')) throw new SignInError('no-issuer', `${issuer} is no address`);
  const response = await ask(url);
  const answer = await objectOf(response);
  if (response.status >= 500) throw new SignInError('issuer-away', `${response.status} at ${url}`);
  if (!response.ok || typeof answer?.['token_endpoint'] !== 'string') throw new SignInError('no-issuer', `${response.status} at ${url}`);
  return answer as unknown as Discovery;
}

async function tokenRequest(endpoint: string, parameters: Record<string, string>): Promise<Tokens> {
  const response = await ask(endpoint, { method: 'POST', body: new URLSearchParams({ client_id: CLIENT, ...parameters }) });
  const answer = (await objectOf(response)) ?? {};
  if (!response.ok) throw new SignInError(String(answer['error'] ?? response.status), String(answer['error_description'] ?? ''));
  if (typeof answer['access_token'] !== 'string') throw new SignInError('unexpected-answer', `no token at ${endpoint}`);
  return {
    accessToken: String(answer['access_token']), refreshToken: String(answer['refresh_token']), idToken: String(answer['id_token']),
    expiresAt: new Date(Date.now() + Number(answer['expires_in']) * 1000),
  };
}

/**
 * Signs in as a person, the way the issuer's discovery offers: with the password where it has that grant (a Keycloak), else over our own
 * issuer's pages. `issuer` is the address where the issuer is reached, e.g. `http://127.0.0.1:3000/oidc`. Throws SignInError.
 */
export async function signIn({ issuer, email, password }: { issuer: string; email: string; password: string }): Promise<Tokens> {
  const endpoints = await discover(issuer);
  return endpoints.grant_types_supported?.includes('password') ? withPassword(endpoints, email, password) : overPages(endpoints, email, password);
}

async function withPassword(endpoints: Discovery, username: string, password: string): Promise<Tokens> {
  try {
    return await tokenRequest(endpoints.token_endpoint, { grant_type: 'password', username, password, scope: 'openid' });
  } catch (error) {
    // RFC 6749, 5.2: of this grant they mean what is said here.
    const code = error instanceof SignInError ? PASSWORD_GRANT_ERRORS[error.code] : undefined;
    if (code === undefined) throw error;
    throw new SignInError(code, (error as SignInError).detail, { cause: error });
  }
}

/** As a person would: authorisation code with PKCE, following the redirects and filling in the form. */
async function overPages(endpoints: Discovery, email: string, password: string): Promise<Tokens> {
  const jar = new CookieJar();
  const verifier = randomBytes(32).toString('base64url');
  const visit = async (url: URL, body?: URLSearchParams): Promise<Response> => {
    const response = await ask(url, { method: body ? 'POST' : 'GET', body, redirect: 'manual', headers: { cookie: jar.for(url), accept: 'text/html' } });
    jar.keep(response, url);
    return response;
  };

  let url = new URL(endpoints.authorization_endpoint);
  url.search = new URLSearchParams({
    client_id: CLIENT, redirect_uri: REDIRECT, response_type: 'code', scope: 'openid',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256',
  }).toString();
  let body: URLSearchParams | undefined;
  // Authorisation, form, answer, resume, redirect: eight steps are more than enough.
  for (let step = 0; step < 8; step += 1) {
    const response = await visit(url, body);
    const page = await response.text();
    const location = response.headers.get('location');
    if (location !== null) {
      url = new URL(location, url);
      if (url.href.startsWith(REDIRECT)) return exchange(endpoints, url, verifier);
      body = undefined;
      continue;
    }
    if (response.status === 401) throw new SignInError('wrong-credentials');
    if (response.status === 429) throw new SignInError('too-many-attempts', `${response.headers.get('retry-after')} s`);
    const token = /name="token" value="([^"]+)"/.exec(page)?.[1];
    if (!response.ok || token === undefined) throw new SignInError('unexpected-answer', `${response.status} at ${url.pathname}`);
    body = new URLSearchParams({ token, email, password });
  }
  throw new SignInError('unexpected-answer', 'too many redirects');
}

function exchange(endpoints: Discovery, callback: URL, code_verifier: string): Promise<Tokens> {
  const code = callback.searchParams.get('code');
  if (code === null) throw new SignInError(callback.searchParams.get('error') ?? 'unexpected-answer', callback.searchParams.get('error_description') ?? '');
  return tokenRequest(endpoints.token_endpoint, { grant_type: 'authorization_code', code, code_verifier, redirect_uri: REDIRECT });
}

/** New tokens for a refresh token, which is used up by it. Throws SignInError (`invalid_grant` where it ended or the person is disabled). */
export async function refresh({ issuer, refreshToken }: { issuer: string; refreshToken: string }): Promise<Tokens> {
  return tokenRequest((await discover(issuer)).token_endpoint, { grant_type: 'refresh_token', refresh_token: refreshToken });
}
