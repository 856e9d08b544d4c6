import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ProcessRecord } from './process-record.js';

let folder: string;
let programs: ChildProcess[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'record-'));
  programs = [];
});
afterEach(async () => {
  for (const program of programs) program.kill('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

function program(): ChildProcess {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  programs.push(child);
  return child;
}

test('ends what an earlier run has left, whatever ended that run', async () => {
  const [gateway, service] = [program(), program()];
  const ended = Promise.all([gateway, service].map((child) => once(child, 'exit')));
  const earlier = new ProcessRecord(folder);
  earlier.add('intake', 'service', service.pid!);
  earlier.add('gateway', 'gateway', gateway.pid!);
  expect(await new ProcessRecord(folder).sweep()).toEqual(['intake', 'gateway']);
  expect(await ended).toEqual([[null, 'SIGTERM'], [null, 'SIGTERM']]);
  expect(await new ProcessRecord(folder).sweep()).toEqual([]);
});

test('a process that only has the number of one of ours stays', async () => {
  const stranger = program();
  new ProcessRecord(folder).add('intake', 'service', stranger.pid!);
  const file = join(folder, 'processes.json');
  await writeFile(file, (await readFile(file, 'utf8')).replace(/("identity": ".*)"/, '$19"'));
  const record = new ProcessRecord(folder);
  expect(await record.sweep()).toEqual([]);
  record.kill();
  expect([stranger.exitCode, stranger.signalCode]).toEqual([null, null]);
  expect(() => process.kill(stranger.pid!, 0)).not.toThrow();
});
