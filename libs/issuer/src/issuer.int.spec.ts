import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import type { Account, Accounts } from './accounts.js';
import { type Issuer, type IssuerOptions, startIssuer } from './issuer.js';
import { IssuerTables1720000000000 } from './migrations/issuer-tables.js';
import { removeExpired } from './remove-expired.js';
import { refresh, signIn, SignInError } from './sign-in.js';

const PERSON: Account = {
  id: '0d000000-0000-4000-8000-000000000201', name: 'Sacha', email: 'sacha@example.org', roles: ['operator'], organisationId: null,
  siteIds: ['0d000000-0000-4000-8000-000000000001'],
};
const PASSWORD = 'correct horse battery';
/** Stays the same whatever port the test listens on. */
const ISSUER = 'http://localhost:3000/oidc';

let db: TestDatabase;
let server: Server;
let issuer: Issuer;
let url: string;
let disabled: boolean;
let errors: unknown[];

const accounts: Accounts = {
  authenticate: async (email, password) => (!disabled && email === PERSON.email && password === PASSWORD ? PERSON : null),
  findPerson: async (id) => (!disabled && id === PERSON.id ? PERSON : null),
  findClient: async (id) => (!disabled && id === 'service-1' ? { roles: ['service'], siteIds: PERSON.siteIds } : null),
  authenticateClient: async (id, secret) => id === 'service-1' && secret === 'secret-1',
  acceptInvitation: async (token) => token === 'good',
};

async function start(options: Partial<IssuerOptions> = {}): Promise<Issuer> {
  return startIssuer({ issuer: ISSUER, pool: db.database.worker, accounts, onError: (error) => errors.push(error), ...options });
}

beforeAll(async () => {
  db = await createTestDatabase('directory', [IssuerTables1720000000000]);
  server = createServer((request, response) => issuer.handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oidc`;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await db.close();
});
beforeEach(async () => {
  disabled = false;
  errors = [];
  issuer = await start();
});
afterEach(() => {
  if (errors.length > 0) throw errors[0];
});

const me = () => signIn({ issuer: url, email: PERSON.email, password: PASSWORD });
const verify = (token: string, by = issuer) =>
  jwtVerify(token, createLocalJWKSet(by.jwks), { issuer: ISSUER, audience: 'lacollecte', algorithms: ['RS256'], typ: 'at+jwt' });
const clientCredentials = (secret: string) =>
  fetch(`${url}/token`, {
    method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials' }),
    headers: { authorization: `Basic ${Buffer.from(`service-1:${secret}`).toString('base64')}` },
  });

/** The first two steps of a browser: the cookies it holds, and the form it is shown. */
async function startSignIn() {
  const started = await fetch(authorise(), { redirect: 'manual' });
  const page = new URL(started.headers.get('location')!, url);
  const cookie = cookiesOf(started);
  const form = await (await fetch(page, { headers: { cookie, 'accept-language': 'en' } })).text();
  return { page, cookie, form, token: /name="token" value="([^"]+)"/.exec(form)![1]! };
}

/** The session cookie of a browser that has signed in. */
async function browserSession(): Promise<string> {
  const { page, cookie, token } = await startSignIn();
  const answered = await post(page, cookie, { ...RIGHT, token });
  const resumed = await fetch(new URL(answered.headers.get('location')!, url), { redirect: 'manual', headers: { cookie } });
  expect(resumed.headers.get('location')).toMatch(CALLBACK);
  return cookiesOf(resumed);
}

const CALLBACK = /^http:\/\/127\.0\.0\.1\/callback\?code=/;
const PKCE = { code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' };
const authorise = (parameters: object = PKCE) =>
  `${url}/auth?${new URLSearchParams({ client_id: 'cli', response_type: 'code', scope: 'openid', redirect_uri: 'http://127.0.0.1/callback', ...parameters })}`;
const RIGHT = { email: PERSON.email, password: PASSWORD };
const post = (page: URL | string, cookie: string, fields: Record<string, string>, headers: object = {}) =>
  fetch(page, { method: 'POST', redirect: 'manual', headers: { cookie, ...headers }, body: new URLSearchParams(fields) });
const cookiesOf = (response: Response) => response.headers.getSetCookie().map((header) => header.split(';')[0]).join('; ');

describe('signing in', () => {
  it('gives a token that a service can verify, with what the person may do', async () => {
    const tokens = await me();
    const { payload } = await verify(tokens.accessToken);
    expect(payload).toMatchObject({ sub: PERSON.id, roles: ['operator'], sites: PERSON.siteIds, client_id: 'cli' });
    expect(payload).not.toHaveProperty('organisation');
    expect(payload.exp! - payload.iat!).toBe(600);
    expect(JSON.stringify(payload)).not.toContain(PERSON.email);
    expect(decodeJwt(tokens.idToken).sub).toBe(PERSON.id);
  });

  it('is refused with a wrong password, and after five of them even with the right one', async () => {
    const guess = (password: string) => signIn({ issuer: url, email: PERSON.email, password });
    for (let n = 0; n < 5; n += 1) await expect(guess('wrong password')).rejects.toMatchObject({ code: 'wrong-credentials' });
    await expect(guess(PASSWORD)).rejects.toMatchObject({ code: 'too-many-attempts' });
    await expect(signIn({ issuer: url, email: 'other@example.org', password: PASSWORD })).rejects.toMatchObject({ code: 'wrong-credentials' });
  });

  it('needs PKCE, a known client and a registered address', async () => {
    expect((await fetch(authorise({}), { redirect: 'manual' })).headers.get('location')).toContain('error=invalid_request');
    for (const wrong of [{ client_id: 'nobody' }, { redirect_uri: 'https://evil.test/callback' }]) {
      const answer = await fetch(authorise({ ...PKCE, ...wrong }), { redirect: 'manual' });
      expect([answer.status, answer.headers.get('location')]).toEqual([400, null]);
    }
  });

  it('shows nobody an expired form, and takes no form that another site sent', async () => {
    const { page, cookie, token } = await startSignIn();
    expect((await fetch(page)).status).toBe(400);
    expect((await post(page, cookie, { ...RIGHT, token: 'forged' })).status).toBe(400);
    expect((await post(page, cookie, { ...RIGHT, token }, { 'sec-fetch-site': 'cross-site' })).status).toBe(400);
    expect((await post(page, cookie, { ...RIGHT, token }, { origin: 'http://evil.test' })).status).toBe(400);
    expect((await post(page, cookie, { ...RIGHT, token })).status).toBe(303);
  });

  it('is not asked for again in the same browser, unless the person is disabled', async () => {
    const cookie = await browserSession();
    const again = () => fetch(authorise(), { redirect: 'manual', headers: { cookie } });
    expect((await again()).headers.get('location')).toMatch(CALLBACK);
    disabled = true;
    expect((await again()).headers.get('location')).toMatch(/^\/oidc\/sign-in\//);
  });

  it('lets a demonstration visitor in with one click, in demonstrations only', async () => {
    const click = async () => {
      const { page, cookie, token, form } = await startSignIn();
      return { form, status: (await post(page, cookie, { token, account: PERSON.email })).status };
    };
    expect(await click()).toMatchObject({ status: 401, form: expect.not.stringContaining('Demonstration accounts') });
    issuer = await start({ demonstration: { password: PASSWORD, accounts: [PERSON] } });
    expect(await click()).toMatchObject({ status: 303, form: expect.stringContaining('Demonstration accounts') });
  });
});

describe('what is kept', () => {
  it('outlives a restart: keys, sessions and refresh tokens', async () => {
    const before = issuer;
    const tokens = await me();
    issuer = await start();
    expect(issuer.jwks).toEqual(before.jwks);
    await verify((await refresh({ issuer: url, refreshToken: tokens.refreshToken })).accessToken);
  });

  it('names no secret: neither codes nor refresh tokens can be read from the database', async () => {
    const tokens = await me();
    const rows = await db.sql<{ row: string }>('select issuer_record::text as row from issuer_record');
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.filter(({ row }) => row.includes(tokens.refreshToken))).toEqual([]);
  });

  it('goes once it has run out', async () => {
    await me();
    const removed = () => db.worker((tx) => removeExpired.run(tx));
    expect(await removed()).toBe(0);
    await db.sql(`update issuer_record set expires_at = now() - interval '2 days' where model = 'Session'`);
    expect(await removed()).toBeGreaterThan(0);
    expect(await db.sql(`select 1 from issuer_record where model = 'RefreshToken'`)).not.toHaveLength(0);
  });

  it('has one set of keys where two processes start at once', async () => {
    await db.sql('delete from issuer_key');
    const [one, two] = await Promise.all([start(), start()]);
    expect(one!.jwks).toEqual(two!.jwks);
  });
});

describe('refreshing', () => {
  it('uses up the token; one used twice ends the sign-in', async () => {
    const first = await me();
    const second = await refresh({ issuer: url, refreshToken: first.refreshToken });
    expect(second.refreshToken).not.toBe(first.refreshToken);
    await expect(refresh({ issuer: url, refreshToken: first.refreshToken })).rejects.toMatchObject({ code: 'invalid_grant' });
    await expect(refresh({ issuer: url, refreshToken: second.refreshToken })).rejects.toMatchObject({ code: 'invalid_grant' });
  });

  it('of two at once succeeds for one at most', async () => {
    const { refreshToken } = await me();
    const answers = await Promise.allSettled([1, 2, 3, 4].map(() => refresh({ issuer: url, refreshToken })));
    expect(answers.filter((answer) => answer.status === 'fulfilled').length).toBeLessThanOrEqual(1);
    expect(answers.filter((answer) => answer.status === 'rejected' && !(answer.reason instanceof SignInError))).toEqual([]);
  });

  it('ends when the person is disabled, as does signing in', async () => {
    const { refreshToken } = await me();
    disabled = true;
    await expect(refresh({ issuer: url, refreshToken })).rejects.toMatchObject({ code: 'invalid_grant' });
    await expect(me()).rejects.toMatchObject({ code: 'wrong-credentials' });
  });
});

describe('programs', () => {
  it('get a token for their secret, with their roles and sites', async () => {
    const { access_token: token } = (await (await clientCredentials('secret-1')).json()) as { access_token: string };
    expect((await verify(token)).payload).toMatchObject({ sub: 'service-1', roles: ['service'], sites: PERSON.siteIds });
  });

  it('get none for a wrong secret, nor once disabled', async () => {
    expect((await clientCredentials('secret-2')).status).toBe(401);
    disabled = true;
    expect((await clientCredentials('secret-1')).status).toBe(401);
  });
});

describe('pages', () => {
  it('ask before signing out; then the browser is nobody again', async () => {
    const session = await browserSession();
    const asked = await fetch(`${url}/session/end`, { headers: { cookie: session, 'accept-language': 'en' } });
    const question = await asked.text();
    expect(question).toContain('Do you want to sign out?');
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(question)![1]!;
    const left = await post(`${url}/session/end/confirm`, session, { xsrf, logout: 'yes' });
    const goodbye = await fetch(left.headers.get('location')!, { headers: { 'accept-language': 'fr' } });
    expect(await goodbye.text()).toContain('Vous êtes déconnecté');
    const again = await fetch(`${url}/session/end`, { headers: { cookie: session, 'accept-language': 'en' } });
    expect(await again.text()).not.toContain('Do you want to sign out?');
  });

  it('let an invited person choose a password', async () => {
    const choose = (fields: Record<string, string>) => post(`${url}/invitation`, '', fields);
    expect(await (await fetch(`${url}/invitation?token=good`)).text()).toContain('value="good"');
    const answers = [await choose({ token: 'good', password: 'short' }), await choose({ token: 'used', password: PASSWORD }), await choose({ token: 'good', password: PASSWORD })];
    expect(answers.map((answer) => answer.status)).toEqual([422, 410, 200]);
    expect((await fetch(`${url}/invitation`, { method: 'DELETE' })).status).toBe(405);
  });

  it('explain an error without a stack', async () => {
    const answer = await fetch(`${url}/auth?client_id=nobody`, { headers: { accept: 'text/html', 'accept-language': 'en' } });
    expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('Signing in did not work')]);
  });

  it('names the addresses it was asked at, and its own unchanging name, and answers nothing outside of its path', async () => {
    expect((await fetch(url.replace('/oidc', '/.well-known/openid-configuration'))).status).toBe(404);
    const discovery = (await (await fetch(`${url}/.well-known/openid-configuration`)).json()) as Record<string, string>;
    expect(discovery).toMatchObject({ issuer: ISSUER, token_endpoint: `${url}/token`, jwks_uri: `${url}/jwks` });
    expect(await (await fetch(discovery['jwks_uri']!)).json()).toEqual(JSON.parse(JSON.stringify(issuer.jwks)));
  });
});
