import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Shims } from '../fixtures/shims.js';
import { dockerRuns, inDocker } from './docker.js';
import { ProcessRecord } from './process-record.js';
import { type Server, startServers } from './servers.js';
import { type Site, siteOf } from './site.js';

const COMPOSE = new URL('../../../docker-compose.yml', import.meta.url);
/** Answers as an engine does; a container is something that listens where the engine was told to. */
const ENGINE = `case "$1" in
  version|image|rm) exit 0;;
  run) port=$(echo "$*" | sed 's/.*--publish 127.0.0.1:\\([0-9]*\\):.*/\\1/'); exec ${process.execPath} -e "require('net').createServer().listen($port, '127.0.0.1')";;
esac
exit 1`;
const NO_ENGINE = 'echo "Cannot connect to the Docker daemon" >&2; exit 1';

let folder: string;
let shims: Shims;
let running: Server[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stack-'));
  running = [];
});
afterEach(async () => {
  for (const { supervised } of running) await supervised?.stop();
  shims.remove();
  await rm(folder, { recursive: true, force: true });
});

function site(env: NodeJS.ProcessEnv = {}): Site {
  return siteOf(folder, { env, consent: 'refused', record: new ProcessRecord(folder), signal: new AbortController().signal, say: () => undefined });
}

const start = (of: Site) => startServers(of, 90, (server) => running.push(server));

async function listener(): Promise<{ port: number; close: () => void }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: (server.address() as { port: number }).port, close: () => server.close() };
}

test('an engine runs the images of docker-compose.yml, on the loopback interface, with a volume, and no password in a command line', async () => {
  shims = new Shims({ docker: ENGINE });
  const { Redis, Kafka, PostgreSQL } = await start(site());
  expect([Redis, Kafka, PostgreSQL].map(({ source }) => source)).toEqual(['docker', 'docker', 'docker']);
  const runs = shims.asked().filter((line) => line.startsWith('docker run'));
  expect(runs).toHaveLength(3);
  const compose = await readFile(COMPOSE, 'utf8');
  for (const line of runs) {
    expect(line).toMatch(/--name lacollecte-stack-[0-9a-f]{8}-(redis|kafka|postgresql) --publish 127\.0\.0\.1:\d+:\d+ --volume lacollecte-stack-/);
    expect(compose).toContain(`image: ${/ ((?:redis|apache\/kafka|postgres):\S+)/.exec(line)![1]}\n`);
  }
  expect(new URL(PostgreSQL.url).password).toHaveLength(64);
  expect(runs.join()).not.toContain(new URL(PostgreSQL.url).password);
  expect(runs.join()).toContain('-c max_connections=90');
});

test('a data folder stays with what it began with, and says so where that is gone', async () => {
  shims = new Shims({ docker: NO_ENGINE });
  await writeFile(join(folder, 'servers.json'), JSON.stringify({ Redis: 'docker' }));
  await expect(start(site())).rejects.toMatchObject({ status: 18, message: expect.stringMatching(/^the data of Redis is in a Docker volume.*start Docker/) as string });
});

test('addresses in the environment come first', async () => {
  shims = new Shims({ docker: ENGINE });
  const [redis, kafka, postgres] = await Promise.all([listener(), listener(), listener()]);
  const env = { QUEUES_URL: `redis://127.0.0.1:${redis.port}`, TRANSPORT_URL: `kafka://127.0.0.1:1,127.0.0.1:${kafka.port}`, POSTGRES_ADMIN_URL: `postgres://a:b@127.0.0.1:${postgres.port}/postgres` };
  const servers = await start(site(env));
  for (const { close } of [redis, kafka, postgres]) close();
  expect(Object.values(servers).map(({ url, source }) => [url, source])).toEqual([[env.QUEUES_URL, 'given'], [env.TRANSPORT_URL, 'given'], [env.POSTGRES_ADMIN_URL, 'given']]);
  expect(shims.asked().filter((line) => line.startsWith('docker run'))).toEqual([]);
});

test.each([
  [{ QUEUES_URL: 'http://127.0.0.1:1' }, 2, /^QUEUES_URL takes an address such as redis:/],
  [{ QUEUES_URL: 'redis://127.0.0.1:1' }, 18, /^no Redis answers at 127\.0\.0\.1:1, which QUEUES_URL names: start it, or unset/],
])('%o is told in a line', async (env, status, message) => {
  shims = new Shims({ docker: NO_ENGINE });
  await expect(start(site(env))).rejects.toMatchObject({ status, message: expect.stringMatching(message) as string });
});

test('where Redis is not here, a line says what to do', async () => {
  shims = new Shims({ docker: NO_ENGINE, 'redis-server': 'exit 127' });
  await expect(start(site())).rejects.toMatchObject({ status: 18, message: 'The queues need Redis (Debian: redis-server): install it (--yes has apt-get do it, where there is one), start Docker, or name a Redis in QUEUES_URL' });
});

test('an engine that does not answer is none', async () => {
  shims = new Shims({ docker: NO_ENGINE });
  expect(await dockerRuns()).toBe(false);
});

test('what an earlier container of ours has left is removed before it is started', async () => {
  shims = new Shims({ docker: ENGINE });
  const { record } = site();
  const program = await (await inDocker('Redis', folder, { connections: 1, password: '' })).launch({ spawned: (pid) => record.add('Redis', 'server', pid) });
  await program.stop();
  expect(shims.asked().map((line) => line.split(' ')[1])).toEqual(['rm', 'image', 'run']);
});
