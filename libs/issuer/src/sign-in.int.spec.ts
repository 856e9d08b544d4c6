import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { refresh, signIn } from './sign-in.js';

/** An issuer as OpenID Connect and RFC 6749 describe it, with the password grant; Keycloak is one. */
const PERSON = { email: 'coordinator@demo.lacollecte.tech', password: 'lacollecte-demo' };
let server: Server;
let origin: string;
let issuer: string;
let asked: Record<string, string>[];
/** What the client may not do. */
let refuses: string | null;
let overloaded: boolean;

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function token(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const given = Object.fromEntries(new URLSearchParams(await text(request)));
  asked.push(given);
  if (refuses !== null) return answer(response, 400, { error: refuses, error_description: 'Client not allowed for direct access grants' });
  const known = given['refresh_token'] === 'refresh-1' || (given['username'] === PERSON.email && given['password'] === PERSON.password);
  if (!known) return answer(response, 401, { error: 'invalid_grant', error_description: 'Invalid user credentials' });
  const n = asked.length;
  answer(response, 200, { access_token: `access-${n}`, refresh_token: `refresh-${n}`, id_token: `id-${n}`, expires_in: 600, token_type: 'Bearer' });
}

beforeAll(async () => {
  server = createServer((request, response) => {
    if (overloaded) return answer(response, 503, {});
    const grants = ['authorization_code', 'refresh_token', 'password'];
    if (request.url === '/realms/a/.well-known/openid-configuration') {
      return answer(response, 200, { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, grant_types_supported: grants });
    }
    if (request.url === '/realms/a/token' && request.method === 'POST') return void token(request, response);
    response.writeHead(404, { 'content-type': 'text/html' }).end('<p>no</p>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  issuer = `${origin}/realms/a`;
});
afterAll(() => void server.close().closeAllConnections());
beforeEach(() => {
  [asked, refuses, overloaded] = [[], null, false];
});

const failure = (at: string, password = PERSON.password) => signIn({ issuer: at, email: PERSON.email, password }).then(() => 'signed in', (error: Error) => error.message);

it('signs in with the password where the issuer has that grant, and goes on with the refresh token', async () => {
  const before = Date.now();
  const { expiresAt, ...first } = await signIn({ issuer: `${issuer}/`, ...PERSON });
  expect(first).toEqual({ accessToken: 'access-1', refreshToken: 'refresh-1', idToken: 'id-1' });
  expect(expiresAt.getTime()).toBeGreaterThanOrEqual(before + 600_000);
  expect(await refresh({ issuer, refreshToken: first.refreshToken })).toMatchObject({ accessToken: 'access-2' });
  expect(asked).toEqual([
    { client_id: 'cli', grant_type: 'password', username: PERSON.email, password: PERSON.password, scope: 'openid' },
    { client_id: 'cli', grant_type: 'refresh_token', refresh_token: 'refresh-1' },
  ]);
});

it('says of a wrong password to check it', async () => {
  expect(await failure(issuer, 'wrong')).toBe('sign-in failed: wrong-credentials (Invalid user credentials): check the e-mail and the password, and that this issuer knows the person');
});

it.each(['unauthorized_client', 'unsupported_grant_type'])('says of %s what the client needs', async (error) => {
  refuses = error;
  expect(await failure(issuer)).toBe(
    'sign-in failed: grant-not-allowed (Client not allowed for direct access grants): the client "cli" needs direct access grants, which only the realm of a demonstration should allow',
  );
});

it('tells an issuer that is away from an address that is none', async () => {
  overloaded = true;
  expect(await failure(issuer)).toContain(`sign-in failed: issuer-away (503 at ${issuer}/.well-known/openid-configuration): start it`);
  overloaded = false;
  expect(await failure(origin)).toContain(`sign-in failed: no-issuer (404 at ${origin}/.well-known/openid-configuration): name the issuer with --issuer or OIDC_ISSUER`);
  expect(await failure('localhost:8080')).toContain('sign-in failed: no-issuer (localhost:8080 is no address): name the issuer');
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  const { port } = gone.address() as AddressInfo;
  await once(gone.close(), 'close');
  expect(await failure(`http://127.0.0.1:${port}`)).toContain(`sign-in failed: issuer-away (nothing answers at http://127.0.0.1:${port}): start it`);
});

describe('npm run token', () => {
  const root = join(import.meta.dirname, '../../..');
  const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    promisify(execFile)(process.execPath, ['--import', './tools/source.mjs', 'tools/token.mjs', PERSON.email, ...args], { cwd: root, env: { PATH: process.env['PATH'], ...env } });

  it.each([['--issuer', (at: string) => run(['--issuer', at])], ['OIDC_ISSUER', (at: string) => run([], { OIDC_ISSUER: at })]])('asks the issuer of %s', async (_, ask) => {
    expect((await ask(issuer)).stdout).toBe('access-1\n');
  });

  it('says in one line what is wrong', async () => {
    await expect(run(['wrong', '--issuer', issuer])).rejects.toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^sign-in failed: wrong-credentials .*\n$/) });
    await expect(run(['--url', origin])).rejects.toMatchObject({ code: 1, stdout: '', stderr: expect.stringMatching(/^sign-in failed: no-issuer .* --issuer .*\n$/) });
  });
});
