import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { accountFor } from './embedded-account.js';
import { binaries } from './embedded-binaries.js';
import { clusterOf, initialise, passwordOf } from './embedded-cluster.js';
import { type EmbeddedPostgres, startPostgres } from './embedded-postgres.js';

let folder: string;
const started: EmbeddedPostgres[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'embedded-'));
});
afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(path = folder): Promise<EmbeddedPostgres> {
  const server = await startPostgres(path);
  started.push(server);
  return server;
}

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

test('keeps what was written over a stop and a start, on loopback, durable and behind a password', async () => {
  const first = await start();
  await query(first.url, 'create table kept as select 7 as value');
  const settings = await query(first.url, `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('listen_addresses') as address`);
  expect(settings).toEqual([{ fsync: 'on', commit: 'on', address: '127.0.0.1' }]);
  await expect(query(first.url.replace(/:[0-9a-f]+@/, ':wrong@'), 'select 1')).rejects.toMatchObject({ code: '28P01' });
  expect((await stat(join(folder, 'superuser-password'))).mode & 0o777).toBe(0o600);
  await first.stop();
  const second = await start();
  expect(second.adopted).toBe(false);
  expect(await query(second.url, 'select value from kept')).toEqual([{ value: 7 }]);
});

test('adopts the server that a killed run left behind, and stops it', async () => {
  const left = await start();
  const adopted = await start();
  expect(adopted).toMatchObject({ adopted: true, pid: left.pid, url: left.url });
  await adopted.stop();
  await expect(stat(join(folder, 'cluster/postmaster.pid'))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(() => process.kill(left.pid, 0)).toThrow(/ESRCH/);
});

test('recovers after its server was killed', async () => {
  const left = await start();
  await query(left.url, 'create table kept as select 7 as value');
  process.kill(left.pid, 'SIGKILL');
  const server = await start();
  expect(server.pid).not.toBe(left.pid);
  expect(await query(server.url, 'select value from kept')).toEqual([{ value: 7 }]);
});

test('a recorded process number that now belongs to something else is stale', async () => {
  const first = await start();
  const record = await readFile(join(folder, 'cluster/postmaster.pid'), 'utf8');
  await first.stop();
  const other = spawn('sleep', ['60'], { stdio: 'ignore' });
  await writeFile(join(folder, 'cluster/postmaster.pid'), record.replace(/^\d+/, `${other.pid}`));
  const server = await start();
  expect(server.adopted).toBe(false);
  expect(other.exitCode).toBeNull();
  other.kill();
});

test('a copy of a running folder does not adopt the server of the original', async () => {
  const original = await start();
  const copy = `${folder}-copy`;
  await query(original.url, 'checkpoint');
  if (process.getuid?.() === 0) execFileSync('cp', ['-a', folder, copy]);
  else await cp(folder, copy, { recursive: true });
  try {
    const server = await start(copy);
    expect(server.adopted).toBe(false);
    expect(server.pid).not.toBe(original.pid);
    await server.stop();
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
});

test('works below a folder that only its owner may enter', async () => {
  await chmod(folder, 0o700);
  const server = await start(join(folder, 'deep', randomBytes(2).toString('hex')));
  expect(await query(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
});

test('its programs may be below such a folder too', async () => {
  await chmod(folder, 0o700);
  const { initdb } = await binaries();
  await cp(join(dirname(initdb), '..'), join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  const own = { initdb: join(folder, 'native/bin/initdb'), postgres: join(folder, 'native/bin/postgres') };
  const account = await accountFor(clusterOf(folder), folder, own.postgres);
  await passwordOf(folder, account);
  await initialise(folder, clusterOf(folder), own, account);
  expect(await readFile(join(clusterOf(folder), 'PG_VERSION'), 'utf8')).toBe('18\n');
});

test('a folder of a newer PostgreSQL, and a damaged one, are refused in one line', async () => {
  await (await start()).stop();
  const version = join(folder, 'cluster/PG_VERSION');
  await writeFile(version, '99\n');
  await expect(startPostgres(folder)).rejects.toMatchObject({ code: 'newer-version', message: expect.stringMatching(/^the data folder was made by PostgreSQL 99.*--data$/) as string });
  await writeFile(version, '18\n');
  await rm(join(folder, 'cluster/global'), { recursive: true });
  await expect(startPostgres(folder)).rejects.toMatchObject({ code: 'postgres-failed', message: expect.stringContaining(join(folder, 'server.log')) as string });
});
