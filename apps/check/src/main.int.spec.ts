import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PLATFORM_MIGRATIONS } from '@lacollecte/runtime';
import { createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { SERVICES } from './check.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const databases = new Map<string, TestDatabase>();

beforeAll(async () => {
  for (const { name, migrations } of SERVICES) databases.set(name, await createTestDatabase(name, [...PLATFORM_MIGRATIONS, ...migrations]));
});
afterAll(async () => {
  for (const database of databases.values()) await database.close();
});

/** The command as a person runs it; on these databases unless `env` says otherwise. */
async function check(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<{ status: number | null; out: string; err: string }> {
  const urls = Object.fromEntries([...databases].map(([name, { urls: { superuser } }]) => [`CHECK_DATABASE_URL_${name.toUpperCase()}`, superuser]));
  const child = spawn(process.execPath, ['--import', join(root, 'tools/source.mjs'), join(root, 'apps/check/src/main.ts'), ...args], {
    cwd: root, env: { ...process.env, NODE_OPTIONS: '', ...urls, ...env },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { status, out, err };
}

it('a system in which nothing has happened has nothing to examine', async () => {
  const { status, out } = await check(['--json', '--settled']);
  expect(status).toBe(1);
  expect(JSON.parse(out)).toMatchObject({ exitCode: 1, invariants: { 'intake: lot-sums': 0 }, examined: { 'intake: lot-sums': 0 }, violations: [], inFlight: [] });
  expect(await check(['--allow-empty'])).toMatchObject({ status: 0, out: expect.stringMatching(/All \d+ rules hold/) });
});

it('a role that sees only some rows is refused, for what it does not see could not be wrong', async () => {
  const { app } = databases.get('intake')!.urls;
  expect(await check([], { CHECK_DATABASE_URL_INTAKE: app })).toMatchObject({ status: 2, out: '', err: expect.stringContaining('the database of intake shows this role only some rows') });
});

it('names a database that is out of reach', async () => {
  expect(await check([], { CHECK_DATABASE_URL_MATCHING: 'postgres://nobody:x@127.0.0.1:1/matching' })).toMatchObject({
    status: 2, err: expect.stringMatching(/^the database of matching is out of reach: .*ECONNREFUSED/),
  });
});

it('says what to do where there is no system, and starts none', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'check-'));
  expect(await check(['--data', folder], { CHECK_DATABASE_URL_INTAKE: '' })).toMatchObject({ status: 2, err: expect.stringContaining('holds no system: start one with npm start') });
  await rm(folder, { recursive: true });
});

it('refuses options that it does not know', async () => {
  expect(await check(['--quick'])).toMatchObject({ status: 64, err: "Unknown option '--quick': see npm run check -- --help\n" });
  expect(await check(['--help'])).toMatchObject({ status: 0, out: expect.stringContaining('--allow-empty') });
});
