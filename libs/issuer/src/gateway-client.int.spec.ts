import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { decodeJwt } from 'jose';
import type { Account } from './accounts.js';
import { type Issuer, startIssuer } from './issuer.js';
import { IssuerTables1720000000000 } from './migrations/issuer-tables.js';

const PERSON: Account = {
  id: '0d000000-0000-4000-8000-000000000202', name: 'Claude', email: 'claude@example.org', roles: ['donor'],
  organisationId: '0d000000-0000-4000-8000-000000000101', siteIds: [],
};
const VERIFIER = 'v'.repeat(43);
let db: TestDatabase;
let server: Server;
let issuer: Issuer;
let url: string;
/** Beside the issuer, wherever that was asked. */
let callback: string;

beforeAll(async () => {
  db = await createTestDatabase('directory', [IssuerTables1720000000000]);
  const accounts = {
    authenticate: async () => PERSON, findPerson: async () => PERSON, findClient: async () => null, authenticateClient: async () => false,
    acceptInvitation: async () => false,
  };
  const gateway = { callback: '/auth/callback', signedOut: '/', apply: '/apply' };
  issuer = await startIssuer({ issuer: 'http://localhost:3000/oidc', pool: db.database.worker, accounts, gateway });
  server = createServer((request, response) => issuer.handler(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oidc`;
  callback = new URL('/auth/callback', url).href;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await db.close();
});

const cookiesOf = (response: Response) => response.headers.getSetCookie().map((header) => header.split(';')[0]).join('; ');

const begin = (more: Record<string, string> = {}) => {
  const challenge = createHash('sha256').update(VERIFIER).digest('base64url');
  const parameters = { client_id: 'gateway', response_type: 'code', scope: 'openid profile email', redirect_uri: callback, code_challenge: challenge, code_challenge_method: 'S256', ...more };
  return fetch(`${url}/auth?${new URLSearchParams(parameters)}`, { redirect: 'manual' });
};

/** The code that a browser brings back to the gateway. */
async function codeFor(): Promise<string> {
  const started = await begin();
  const cookie = cookiesOf(started);
  const page = new URL(started.headers.get('location')!, url);
  const shown = await fetch(page, { headers: { cookie } });
  expect(shown.headers.get('content-security-policy')).toContain(`form-action 'self' ${new URL(url).origin};`);
  const text = await shown.text();
  expect(text).toContain('<a href="/apply">');
  const token = /name="token" value="([^"]+)"/.exec(text)![1]!;
  const body = new URLSearchParams({ token, email: PERSON.email, password: 'whatever' });
  const answered = await fetch(page, { method: 'POST', redirect: 'manual', headers: { cookie }, body });
  const resumed = await fetch(new URL(answered.headers.get('location')!, url), { redirect: 'manual', headers: { cookie } });
  const back = new URL(resumed.headers.get('location')!);
  expect(back.origin + back.pathname).toBe(callback);
  return back.searchParams.get('code')!;
}

const exchange = (code: string, secret: string) =>
  fetch(`${url}/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`gateway:${secret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: callback, code_verifier: VERIFIER }),
  });

describe('the browser application', () => {
  it('gets who the person is and what they may do, with its secret only, and once a code', async () => {
    const code = await codeFor();
    expect((await exchange(code, `${issuer.gateway.clientSecret.slice(1)}x`)).status).toBe(401);
    const answer = await exchange(code, issuer.gateway.clientSecret);
    expect(answer.status).toBe(200);
    const tokens = (await answer.json()) as { access_token: string; id_token: string; refresh_token: string };
    expect(decodeJwt(tokens.access_token)).toMatchObject({ sub: PERSON.id, aud: 'lacollecte', organisation: PERSON.organisationId, client_id: 'gateway' });
    expect(decodeJwt(tokens.id_token)).toMatchObject({ sub: PERSON.id, name: 'Claude', email: 'claude@example.org', roles: ['donor'] });
    expect(tokens.refresh_token).toBeTruthy();
    expect((await exchange(code, issuer.gateway.clientSecret)).status).toBe(400);
  });

  it('is beside the issuer and nowhere else, whatever the address that both have', async () => {
    for (const elsewhere of ['http://localhost:3000/auth/callback', 'http://evil.test/auth/callback', new URL('/auth/callback/x', url).href, new URL('/', url).href]) {
      const answer = await begin({ redirect_uri: elsewhere });
      expect([elsewhere, answer.status, answer.headers.get('location')]).toEqual([elsewhere, 400, null]);
    }
    const leave = (home: string) => fetch(`${url}/session/end?${new URLSearchParams({ client_id: 'gateway', post_logout_redirect_uri: home })}`);
    expect((await leave('http://evil.test/')).status).toBe(400);
    expect((await leave(new URL('/', url).href)).status).toBe(200);
  });
});
