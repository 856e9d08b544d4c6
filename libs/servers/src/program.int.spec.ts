import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePorts } from './free-ports.js';
import { identityOf } from './process-identity.js';
import { startProgram } from './program.js';

let folder: string;
let logFile: string;
let port: number;
const pids: number[] = [];
const spawned = (pid: number): void => void pids.push(pid);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'program-'));
  logFile = join(folder, 'log');
  port = (await freePorts(1))[0]!;
  pids.length = 0;
});
afterEach(async () => {
  for (const pid of pids) if (identityOf(pid) !== undefined) process.kill(pid, 'SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

test('is there once it listens, and says why it ended', async () => {
  const program = await startProgram(process.execPath, ['-e', `require('net').createServer().listen(${port}, '127.0.0.1')`], { port, logFile, spawned });
  expect(pids).toEqual([program.pid]);
  expect(identityOf(program.pid)).toBeDefined();
  process.kill(program.pid, 'SIGKILL');
  expect(await program.ended).toBe('SIGKILL');
  expect(identityOf(program.pid)).toBeUndefined();
});

test('one that ends too early fails with what it said', async () => {
  const start = startProgram(process.execPath, ['-e', 'console.error("no such disk"); process.exit(3)'], { port, logFile });
  await expect(start).rejects.toThrow(/ended \(exit 3\) before it was ready: no such disk/);
});

test('a start that is given up leaves nothing running', async () => {
  const asked = new AbortController();
  const start = startProgram(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { port, logFile, spawned: (pid) => (spawned(pid), asked.abort()), signal: asked.signal });
  await expect(start).rejects.toThrow(/abort/);
  expect(identityOf(pids[0]!)).toBeUndefined();
});
