import { execFile } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Issuer, refresh, signIn, startIssuer } from '@lacollecte/issuer';
import { PLATFORM_MIGRATIONS } from '@lacollecte/runtime';
import { actor, createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { changePerson, disablePerson } from './commands/change-person.js';
import { createAdminInvitation } from './commands/create-admin-invitation.js';
import { seedDemonstration } from './commands/seed-demonstration.js';
import { createServiceAccount, disableServiceAccount } from './commands/service-accounts.js';
import { newSecret } from './credentials/secret.js';
import { demonstration } from './demonstration.js';
import { directoryService } from './directory.service.js';
import { signInAccounts } from './sign-in-accounts.js';

const ISSUER = 'http://localhost:3000/oidc';
const ADMIN = actor('admin');
let db: TestDatabase;
let server: Server;
let url: string;
let issuer: Issuer;

const start = (demo: boolean) => startIssuer({ issuer: ISSUER, pool: db.database.worker, accounts: signInAccounts(db.database.worker, { demo }) });

beforeAll(async () => {
  db = await createTestDatabase('directory', [...PLATFORM_MIGRATIONS, ...directoryService.migrations]);
  await db.worker(seedDemonstration);
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
  issuer = await start(true);
});

const enter = (email: string, password: string = demonstration.password) => signIn({ issuer: url, email, password });
const claims = async (token: string) =>
  (await jwtVerify(token, createLocalJWKSet(issuer.jwks), { issuer: ISSUER, audience: 'lacollecte', algorithms: ['RS256'] })).payload;
const program = async (clientId: string, secret: string) => {
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: secret });
  const response = await fetch(`${url}/token`, { method: 'POST', body });
  return { status: response.status, ...((await response.json()) as { access_token?: string }) };
};

describe('signing in with the directory', () => {
  it.each(demonstration.accounts.map((account) => [account.email, account] as const))('works for %s, with what they may do', async (email, account) => {
    const payload = await claims((await enter(email)).accessToken);
    expect(payload).toMatchObject({ sub: account.id, roles: account.roles, sites: account.siteIds });
    expect(payload['organisation'] ?? null).toBe(account.organisationId);
  });

  it('knows an address however it is written, and no wrong password', async () => {
    await enter(' DONOR@demo.lacollecte.tech ');
    await expect(enter('donor@demo.lacollecte.tech', 'lacollecte-Demo')).rejects.toMatchObject({ code: 'wrong-credentials' });
    await expect(enter('nobody@demo.lacollecte.tech')).rejects.toMatchObject({ code: 'wrong-credentials' });
  });

  it('refuses the accounts of an earlier demonstration once it is over, also to go on', async () => {
    const { refreshToken } = await enter('admin@demo.lacollecte.tech');
    issuer = await start(false);
    await expect(enter('admin@demo.lacollecte.tech')).rejects.toMatchObject({ code: 'wrong-credentials' });
    await expect(refresh({ issuer: url, refreshToken })).rejects.toMatchObject({ code: 'invalid_grant' });
  });

  it('follows what an admin changes: new roles with the next token, none once disabled', async () => {
    const operator = demonstration.accounts.find((account) => account.email.startsWith('operator-13'))!;
    const first = await enter(operator.email);
    await db.as(ADMIN, (tx) => changePerson(tx, { personId: operator.id, version: 2, change: { roles: ['coordinator'], siteIds: [] } }));
    const second = await refresh({ issuer: url, refreshToken: first.refreshToken });
    expect(await claims(second.accessToken)).toMatchObject({ roles: ['coordinator'], sites: [] });
    await db.as(ADMIN, (tx) => disablePerson(tx, { personId: operator.id, version: 3 }));
    await expect(refresh({ issuer: url, refreshToken: second.refreshToken })).rejects.toMatchObject({ code: 'invalid_grant' });
    await expect(enter(operator.email)).rejects.toMatchObject({ code: 'wrong-credentials' });
  });

  it('starts a real installation: link, password, token', async () => {
    const { token } = await db.worker((tx) => createAdminInvitation(tx, 'boss@example.org'));
    const choose = () => fetch(`${url}/invitation`, { method: 'POST', body: new URLSearchParams({ token, password: 'une phrase de passe' }) });
    await expect(enter('boss@example.org', 'une phrase de passe')).rejects.toMatchObject({ code: 'wrong-credentials' });
    expect((await choose()).status).toBe(200);
    expect((await choose()).status).toBe(410);
    expect(await claims((await enter('boss@example.org', 'une phrase de passe')).accessToken)).toMatchObject({ roles: ['admin'] });
  });

  it('lets a program in with its secret until it is disabled', async () => {
    const secret = newSecret();
    const account = await db.as(ADMIN, (tx) => createServiceAccount(tx, { name: 'conveyor', roles: ['service'], siteIds: [demonstration.sites[0]!.id], secret }));
    expect(await db.sql('select 1 from service_account where secret_hash = $1', [secret])).toEqual([]);
    expect(await claims((await program(account.clientId, secret)).access_token!)).toMatchObject({ sub: account.clientId, roles: ['service'], sites: [demonstration.sites[0]!.id] });
    expect(await program(account.clientId, newSecret())).toMatchObject({ status: 401 });
    await db.as(ADMIN, (tx) => disableServiceAccount(tx, { serviceAccountId: account.serviceAccountId, version: 1 }));
    expect(await program(account.clientId, secret)).toMatchObject({ status: 401 });
  });

  it('serves `npm run token`, which prints the token and nothing else', async () => {
    const root = join(import.meta.dirname, '../../..');
    const token = (...args: string[]) =>
      promisify(execFile)(process.execPath, ['--import', './tools/source.mjs', 'tools/token.mjs', ...args, '--url', url.replace('/oidc', '')], { cwd: root, env: { PATH: process.env['PATH'] } });
    const { stdout } = await token('coordinator@demo.lacollecte.tech');
    expect(await claims(stdout.trim())).toMatchObject({ roles: ['coordinator'] });
    await expect(token('coordinator@demo.lacollecte.tech', 'wrong password')).rejects.toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^sign-in failed: wrong-credentials: check .*\n$/) });
  });
});
