import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { Provider } from 'oidc-provider';
import { pino } from 'pino';
import { type BrowserSessions, createGateway, openSessions, otherIssuer, referenceHandler, SessionTable1730000000000 } from '../index.js';
import { Browser } from '../testing/browser.js';

const SUBJECT = '0d000000-0000-4000-8000-000000000301';
const SECRET = 'of the client in that realm: with / + and %';
const ORGANISATION = '0d000000-0000-4000-8000-000000000102';
/** Answers of the other issuer's forms, a page each. */
const FORMS: readonly Record<string, string>[] = [{ prompt: 'login', login: SUBJECT, password: 'any' }, { prompt: 'consent' }];

let db: TestDatabase;
let issuer: Server;
let gateway: Server;
let sessions: BrowserSessions;
let browser: Browser;
/** What the other issuer was asked, with the host it was asked for. */
const asked: string[] = [];

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const listening = async (server: Server) => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
};

beforeAll(async () => {
  db = await createTestDatabase('gateway', [SessionTable1730000000000]);
  [issuer, gateway] = [createServer(), createServer()];
  await Promise.all([listening(issuer), listening(gateway)]);
  const publicUrl = `http://127.0.0.1:${portOf(gateway)}`;
  const name = `http://localhost:${portOf(issuer)}`;
  quiet();
  const provider = new Provider(name, {
    clients: [{ client_id: 'console', client_secret: SECRET, redirect_uris: [`${publicUrl}/auth/callback`], post_logout_redirect_uris: [`${publicUrl}/`] }],
    claims: { openid: ['sub'], profile: ['name', 'roles', 'organisation'], email: ['email'] },
    conformIdTokenClaims: false,
    // Roles of its own besides ours, and no sites.
    findAccount: async (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id, name: 'Noor', email: 'noor@example.org', roles: ['structure', 'uma_authorization'], organisation: ORGANISATION }) }),
    cookies: { keys: ['a'] },
  });
  issuer.on('request', (request, response) => {
    asked.push(`${request.headers.host} ${request.url!.split('?', 1)[0]}`);
    void provider.callback()(request, response);
  });
  const access = otherIssuer({ issuer: name, inside: `http://127.0.0.1:${portOf(issuer)}`, clientId: 'console', clientSecret: SECRET });
  sessions = openSessions({ pool: db.database.app, issuer: access, publicUrl, log: pino({ level: 'silent' }) });
  const door = createGateway({ upstreams: [], issuer: null, sessions, reference: referenceHandler([]), console: (request, response) => response.end(`console ${request.url}`), accounts: [], password: null });
  gateway.on('request', (request, response) => door.emit('request', request, response));
  browser = new Browser(publicUrl);
});
afterAll(async () => {
  for (const server of [gateway, issuer]) {
    server.closeAllConnections();
    server.close();
  }
  await sessions.close();
  await db.close();
});

/** The library says on the console what a real installation should configure. */
function quiet(): void {
  for (const how of ['info', 'warn'] as const) console[how] = () => undefined;
}

/** From one host to the other, through the issuer's forms. */
async function follow(location: string): Promise<string> {
  let url = new URL(location, browser.home);
  for (const forms = [...FORMS]; ; ) {
    const response = await browser.send(url.href);
    const next = response.headers.get('location');
    if (url.origin === browser.home && next === null) return url.pathname;
    if (next !== null) url = new URL(next, url);
    else {
      const action = /action="([^"]+)"/.exec(await response.text())![1]!;
      const answered = await browser.send(new URL(action, url).href, { method: 'POST', body: new URLSearchParams(forms.shift()) });
      url = new URL(answered.headers.get('location')!, url);
    }
  }
}

it('signs people in with an issuer that is not ours, found by its discovery and asked at the inside address', async () => {
  expect(await follow('/auth/sign-in?to=/structure/needs')).toBe('/structure/needs');
  expect(await browser.me()).toEqual({ subject: SUBJECT, name: 'Noor', email: 'noor@example.org', roles: ['structure'], organisationId: ORGANISATION, siteIds: [], csrf: expect.any(String), invitationPage: null });
  const inside = `127.0.0.1:${portOf(issuer)}`;
  expect(asked.filter((line) => /configuration|token|jwks/.test(line))).toEqual([`${inside} /.well-known/openid-configuration`, `${inside} /token`, `${inside} /jwks`]);
});

it('signs them out there, where it offers that, and takes back nothing where it does not', async () => {
  const answer = await browser.change('/auth/sign-out');
  const { to } = (await answer.json()) as { to: string };
  const there = new URL((await browser.send(to)).headers.get('location')!);
  expect([there.port, there.pathname, there.searchParams.get('post_logout_redirect_uri')]).toEqual([`${portOf(issuer)}`, '/session/end', `${browser.home}/`]);
  expect((await browser.send(there.href)).status).toBe(200);
  expect(asked.some((line) => line.includes('revocation'))).toBe(false);
});

it('ends the session with the access token where there is nothing to renew it with', async () => {
  expect(await follow('/auth/sign-in')).toBe('/');
  expect((await browser.send('/auth/me')).status).toBe(200);
  await db.sql(`update session set refresh_at = now() - interval '1 second'`);
  expect((await browser.send('/auth/me')).status).toBe(401);
});
