import { createHash, randomBytes } from 'node:crypto';

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly idToken: string;
  /** When the access token ends. */
  readonly expiresAt: Date;
}

/** Signing in did not work; `code` is `wrong-credentials`, `too-many-attempts`, `unexpected-answer` or an OAuth error. */
export class SignInError extends Error {
  constructor(
    readonly code: string,
    detail = '',
  ) {
    super(`sign-in failed: ${code}${detail && ` (${detail})`}`);
    this.name = 'SignInError';
  }
}

const CLIENT = 'cli';
/** Nothing listens there: the code is read from the redirect. */
const REDIRECT = 'http://127.0.0.1/callback';

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
  authorization_endpoint: string;
  token_endpoint: string;
}

async function discover(issuer: string): Promise<Discovery> {
  const response = await fetch(`${issuer}/.well-known/openid-configuration`);
  if (!response.ok) throw new SignInError('unexpected-answer', `discovery: ${response.status}`);
  return (await response.json()) as Discovery;
}

async function tokenRequest(endpoint: string, parameters: Record<string, string>): Promise<Tokens> {
  const response = await fetch(endpoint, { method: 'POST', body: new URLSearchParams({ client_id: CLIENT, ...parameters }) });
  const answer = (await response.json()) as Record<string, string | number>;
  if (!response.ok) throw new SignInError(String(answer['error'] ?? response.status), String(answer['error_description'] ?? ''));
  return {
    accessToken: String(answer['access_token']), refreshToken: String(answer['refresh_token']), idToken: String(answer['id_token']),
    expiresAt: new Date(Date.now() + Number(answer['expires_in']) * 1000),
  };
}

/**
 * Signs in as a person would: authorisation code with PKCE, following the redirects and filling in the form. `issuer` is the
 * address where the issuer is reached, e.g. `http://127.0.0.1:3000/oidc`. Throws SignInError.
 */
export async function signIn({ issuer, email, password }: { issuer: string; email: string; password: string }): Promise<Tokens> {
  const endpoints = await discover(issuer);
  const jar = new CookieJar();
  const verifier = randomBytes(32).toString('base64url');
  const visit = async (url: URL, body?: URLSearchParams): Promise<Response> => {
    const response = await fetch(url, { method: body ? 'POST' : 'GET', body, redirect: 'manual', headers: { cookie: jar.for(url), accept: 'text/html' } });
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
