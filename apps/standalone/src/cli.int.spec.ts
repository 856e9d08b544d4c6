import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stopPostgres } from '@lacollecte/database';
import { eventually } from '@lacollecte/testing';

const root = fileURLToPath(new URL('../../../', import.meta.url));

interface Run {
  readonly child: ChildProcess;
  /** Both outputs. */
  said(): string;
  ended(): Promise<number | null>;
  /** The address it announced. */
  ready(): Promise<string>;
}

let base: string;
let data: string;
const runs: Run[] = [];

beforeEach(async () => {
  base = await mkdtemp(join(tmpdir(), 'standalone-'));
  data = join(base, 'data');
});
afterEach(async () => {
  for (const run of runs.splice(0)) {
    run.child.kill('SIGKILL');
    await run.ended();
  }
  await stopPostgres(join(data, 'postgres'));
  await rm(base, { recursive: true, force: true });
});

function start(args: readonly string[], options: { env?: NodeJS.ProcessEnv } = {}): Run {
  const all = ['--import', join(root, 'tools/source.mjs'), join(root, 'apps/standalone/fixtures/cli-process.ts'), '--data', data, ...args];
  const env = { ...process.env, NODE_OPTIONS: '', PORT: '0', ...options.env };
  const child = spawn(process.execPath, all, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  child.stdout?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const end = new Promise<number | null>((resolve) => child.once('close', (code) => resolve(code)));
  const run: Run = {
    child,
    said: () => text,
    ended: () => end,
    async ready() {
      const url = (): string | undefined => /is ready: (\S+)/.exec(text)?.[1];
      await eventually(() => url() !== undefined || child.exitCode !== null, { what: 'the system is ready', timeoutMs: 40_000 });
      return url() ?? Promise.reject(new Error(`ended with ${child.exitCode}: ${text}`));
    },
  };
  runs.push(run);
  return run;
}

const visit = async (url: string): Promise<string> => (await fetch(url)).text();
const lines = (run: Run): string[] => run.said().trim().split('\n');

test('starts, says where to go and how to sign in, stops on Ctrl-C and continues where it was', async () => {
  const first = start([]);
  const url = await first.ready();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect(first.said()).toMatch(/donor@demo\.test\s+password demo/);
  expect(JSON.parse(await readFile(join(data, 'running.json'), 'utf8'))).toEqual({ pid: first.child.pid, url });
  expect(await visit(url)).toBe('1');
  first.child.kill('SIGINT');
  expect(await first.ended()).toBe(0);
  await expect(readFile(join(data, 'postgres/cluster/postmaster.pid'))).rejects.toMatchObject({ code: 'ENOENT' });
  await expect(readFile(join(data, 'running.json'))).rejects.toMatchObject({ code: 'ENOENT' });
  const second = start([]);
  expect(await visit(await second.ready())).toBe('2');
});

test('one Ctrl-C that arrives twice stops cleanly; a second one at once, and the next run continues', async () => {
  const clean = start([]);
  await clean.ready();
  clean.child.kill('SIGINT');
  clean.child.kill('SIGINT');
  expect(await clean.ended()).toBe(0);
  const stuck = start([], { env: { NEVER_STOPS: 'true' } });
  expect(await visit(await stuck.ready())).toBe('1');
  stuck.child.kill('SIGINT');
  await eventually(() => stuck.said().includes('Stopping'), { what: 'it says that it stops' });
  await eventually(
    () => {
      stuck.child.kill('SIGINT');
      return stuck.child.exitCode !== null;
    },
    { what: 'it ends at once' },
  );
  expect(await stuck.ended()).toBe(130);
  expect(await visit(await start([]).ready())).toBe('2');
});

test('survives kill -9 and adopts its PostgreSQL', async () => {
  const first = start([]);
  expect(await visit(await first.ready())).toBe('1');
  first.child.kill('SIGKILL');
  await first.ended();
  const second = start([]);
  expect(await visit(await second.ready())).toBe('2');
  expect(second.said()).toContain('took over');
});

test('a second run on the same folder is refused and told where the first one is', async () => {
  const first = start([]);
  const url = await first.ready();
  const second = start([]);
  expect(await second.ended()).toBe(13);
  expect(lines(second)).toEqual([expect.stringContaining(`in use by another run (process ${first.child.pid}, at ${url})`)]);
  expect(await visit(url)).toBe('1');
});

test('of several that find a stale lock, one starts', async () => {
  const killed = start([]);
  await killed.ready();
  killed.child.kill('SIGKILL');
  await killed.ended();
  const rivals = [start([]), start([]), start([])];
  const endings = await Promise.all(rivals.map((rival) => Promise.race([rival.ready().then(() => 'ready', () => 'ended'), rival.ended()])));
  expect(endings.filter((ending) => ending === 'ready')).toHaveLength(1);
});

test('a lock whose process number another process has now is stale', async () => {
  const first = start([]);
  await first.ready();
  first.child.kill('SIGINT');
  await first.ended();
  await writeFile(join(data, 'lock'), JSON.stringify({ pid: process.pid, identity: 'of a process long gone' }));
  expect(await start([]).ready()).toMatch(/^http/);
});

test('a taken port is told at once, by a line that names it', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await eventually(() => other.listening, { what: 'listening' });
  const { port } = other.address() as { port: number };
  const run = start(['--port', `${port}`]);
  expect(await run.ended()).toBe(12);
  expect(lines(run)).toEqual([expect.stringMatching(new RegExp(`^port ${port} is taken.*--port`))]);
  const byEnvironment = start([], { env: { PORT: `${port}` } });
  expect(await byEnvironment.ended()).toBe(12);
  other.close();
});

test('the folder of a newer version and one that is not ours are left alone', async () => {
  await mkdir(data);
  await writeFile(join(data, 'lacollecte.json'), '{"version":2}');
  const newer = start([]);
  expect(await newer.ended()).toBe(14);
  expect(lines(newer)).toEqual([expect.stringMatching(/newer version.*git pull/)]);
  await rm(join(data, 'lacollecte.json'));
  await writeFile(join(data, 'thesis.txt'), 'precious');
  const foreign = start(['--reset', '--yes']);
  expect(await foreign.ended()).toBe(2);
  expect(await readFile(join(data, 'thesis.txt'), 'utf8')).toBe('precious');
});

test('reset asks, and then begins anew', async () => {
  const first = start([]);
  expect(await visit(await first.ready())).toBe('1');
  first.child.kill('SIGKILL');
  await first.ended();
  const unsure = start(['--reset']);
  expect(await unsure.ended()).toBe(2);
  expect(lines(unsure)).toEqual([expect.stringContaining('--yes')]);
  const sure = start(['--reset', '--yes']);
  expect(await visit(await sure.ready())).toBe('1');
});

test('a folder that nobody may write to is told so', async () => {
  // Where even root may not: the kernel's own file system; the system volume of macOS.
  data = process.platform === 'linux' ? '/sys/lacollecte' : '/System/lacollecte';
  const run = start([]);
  expect(await run.ended()).toBe(16);
  expect(lines(run)).toEqual([expect.stringMatching(/^no permission to write .*--data/)]);
});

test('a PostgreSQL that does not start is told in a line with its reason and its log', async () => {
  const first = start([]);
  await first.ready();
  first.child.kill('SIGINT');
  await first.ended();
  await rm(join(data, 'postgres/cluster/global'), { recursive: true });
  const run = start([]);
  expect(await run.ended()).toBe(17);
  expect(lines(run).at(-1)).toMatch(/^PostgreSQL does not start: .*server\.log/);
});

test('a system whose PostgreSQL ends does not stay up without it', async () => {
  const run = start([]);
  await run.ready();
  const pid = Number((await readFile(join(data, 'postgres/cluster/postmaster.pid'), 'utf8')).split('\n')[0]);
  process.kill(pid, 'SIGKILL');
  expect(await run.ended()).toBe(17);
});

test('the administrator\'s link is made on a running system and on a stopped one', async () => {
  const run = start([]);
  const url = await run.ready();
  const onRunning = start(['--create-admin', 'a@b.fr']);
  expect(await onRunning.ended()).toBe(0);
  expect(onRunning.said()).toContain(`${url}/invitation?for=a%40b.fr`);
  expect(await visit(url)).toBe('1');
  run.child.kill('SIGTERM');
  expect(await run.ended()).toBe(0);
  const onStopped = start(['--create-admin', 'a@b.fr', '--port', '3999']);
  expect(await onStopped.ended()).toBe(0);
  expect(onStopped.said()).toContain('http://localhost:3999/invitation');
});
