import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { checkPort, DataFolder, identityOf, reasonOf, STATUS, StopReason, stopSignal } from '@lacollecte/servers';
import { type Options, readOptions } from './options.js';
import { ProcessRecord } from './process-record.js';
import { siteOf } from './site.js';
import { Stack } from './stack.js';
import { welcome } from './welcome.js';

/** How long a run that was asked to stop may take; then it is killed, and what it left is ended. */
const DOWN_MS = 90_000;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The command `npm run stack`: runs until it is told to stop. Returns the exit status. */
export async function runCli(args: readonly string[]): Promise<number> {
  let dataDir = '';
  try {
    const options = readOptions(args, process.env);
    dataDir = options.dataDir;
    if (options.help) {
      process.stdout.write(await readFile(new URL('../help.txt', import.meta.url), 'utf8'));
      return STATUS.ok;
    }
    return options.down ? await down(dataDir) : await up(options);
  } catch (error) {
    const reason = reasonOf(error, dataDir);
    process.stderr.write(reason ? `${reason.message}\n` : `${(error as Error | null)?.stack ?? String(error)}\n`);
    return reason?.status ?? STATUS.error;
  }
}

async function up({ dataDir, port, replicas, yes }: Options): Promise<number> {
  const stop = stopSignal();
  const folder = await DataFolder.take(dataDir, 'stack');
  const asked = new AbortController();
  void stop.promise.then(() => asked.abort(new StopReason(stop.status, 'stopped before it was ready')));
  const record = new ProcessRecord(folder.path);
  // However this process ends, short of a SIGKILL, nothing stays.
  process.once('exit', () => record.kill());
  const stack = new Stack(siteOf(folder.path, { env: process.env, consent: yes ? 'given' : process.stdin.isTTY ? 'ask' : 'refused', record, signal: asked.signal, say }));
  try {
    await sweep(record);
    await checkPort('127.0.0.1', port);
    const { plans, servers } = await stack.start(replicas, port);
    const url = `http://localhost:${plans.at(-1)!.port}`;
    const postgres = servers.find(({ name, source }) => name === 'PostgreSQL' && source !== 'machine')?.url;
    await folder.announce(url, { postgres });
    say(welcome({ url, plans, servers, folder: folder.path }));
    await stop.promise;
    return STATUS.ok;
  } catch (error) {
    if (!stop.asked) throw error;
    return stop.status;
  } finally {
    say('Stopping: the gateway, the services, the servers (Ctrl-C again: at once)');
    await folder.withdraw();
    await stack.stop();
    record.clear();
    await folder.release();
    stop.dispose();
  }
}

/** Ends what runs on the folder: the run itself, which stops in order, or what is left of one that was killed. */
async function down(dataDir: string): Promise<number> {
  const holder = await DataFolder.holder(dataDir, 'stack');
  if (!holder && !existsSync(join(dataDir, 'processes.json'))) {
    say(`Nothing runs on ${dataDir}`);
    return STATUS.ok;
  }
  if (holder) {
    say(`Stopping what runs on ${dataDir} (process ${holder.pid})`);
    const deadline = Date.now() + DOWN_MS;
    for (let signal: NodeJS.Signals | 0 = 'SIGTERM'; identityOf(holder.pid) === holder.identity; signal = 0) {
      process.kill(holder.pid, Date.now() > deadline ? 'SIGKILL' : signal);
      await sleep(100);
    }
  }
  const folder = await DataFolder.take(dataDir, 'stack');
  await sweep(new ProcessRecord(folder.path));
  await folder.withdraw();
  await folder.release();
  say(`Nothing runs on ${dataDir} any more`);
  return STATUS.ok;
}

async function sweep(record: ProcessRecord): Promise<void> {
  const left = await record.sweep();
  if (left.length > 0) say(`Ended what an earlier run had left: ${left.join(', ')}`);
}
