import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { type EmbeddedPostgres, startPostgres } from '@lacollecte/database';
import { checkPort, DataFolder, listenReason, reasonOf, STATUS, StopReason, type StopSignal, stopSignal } from '@lacollecte/servers';
import { isLoopback, type Options, readOptions } from './options.js';
import type { Standalone, System } from './system.js';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** The command `npm start`: runs until it is told to stop. Returns the exit status. */
export async function runCli(args: readonly string[], system: System): Promise<number> {
  let dataDir = '';
  try {
    const options = readOptions(args, process.env);
    dataDir = options.dataDir;
    if (options.help) {
      process.stdout.write(await readFile(new URL('../help.txt', import.meta.url), 'utf8'));
      return STATUS.ok;
    }
    if (options.createAdmin !== undefined) return await createAdmin(options, options.createAdmin, system);
    return await serve(options, system);
  } catch (error) {
    const reason = reasonOf(error, dataDir);
    process.stderr.write(reason ? `${reason.message}\n` : `${(error as Error | null)?.stack ?? String(error)}\n`);
    return reason?.status ?? STATUS.error;
  }
}

async function serve(options: Options, system: System): Promise<number> {
  if (options.reset && !options.yes) await confirm(options.dataDir);
  const stop = stopSignal();
  const folder = await DataFolder.take(options.dataDir);
  let postgres: EmbeddedPostgres | undefined;
  let running: Standalone | undefined;
  try {
    await checkPort(options.host, options.port);
    if (options.reset) {
      say(`Deleting what ${folder.path} holds`);
      await folder.clear();
    }
    say('Starting PostgreSQL');
    postgres = await startPostgres(folder.postgres);
    if (postgres.adopted) say('  (took over the one that an earlier run left running)');
    if (stop.asked) return stop.status;
    const { host, port, demo, dataDir } = options;
    running = await system.startStandalone({ postgres: postgres.url, host, port, demo, dataDir, log: say }).catch((error: unknown) => {
      throw listenReason(error, host, port);
    });
    await folder.announce(running.url);
    welcome(running, options);
    await untilStopped(stop, postgres);
    say('Stopping (Ctrl-C again: at once)');
    return STATUS.ok;
  } finally {
    await inTurn([() => folder.withdraw(), () => running?.stop(), () => postgres?.stop(), () => folder.release()]);
    stop.dispose();
  }
}

/** Each is done even if one before it fails; the first failure is thrown. */
async function inTurn(steps: readonly (() => Promise<void> | undefined)[]): Promise<void> {
  const failures: unknown[] = [];
  for (const step of steps) await step()?.catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}

function welcome({ url, accounts }: Standalone, { host }: Options): void {
  say(`\nLaCollecte is ready: ${url}\n`);
  if (accounts.length > 0) {
    const width = Math.max(...accounts.map((account) => account.email.length));
    say('Sign in as one of:');
    for (const { email, password, role } of accounts) say(`  ${email.padEnd(width)}  password ${password}  ${role}`);
  } else {
    if (!isLoopback(host)) say(`Demonstration accounts are off, for ${host} can be reached from other machines.`);
    say('Create the first administrator with: npm start -- --create-admin <e-mail>');
  }
  say('\nCtrl-C stops it.');
}

/** Until a signal, or the end of a server that nothing works without. */
async function untilStopped(stop: StopSignal, postgres: EmbeddedPostgres): Promise<void> {
  const ended = await Promise.race([stop.promise, postgres.ended().then(() => 'postgres' as const)]);
  if (ended === 'postgres') throw new StopReason(STATUS['postgres-failed'], `PostgreSQL has ended by itself: start again; its log is ${postgres.logFile}`);
}

async function createAdmin(options: Options, email: string, system: System): Promise<number> {
  const folder = await DataFolder.look(options.dataDir);
  const running = await folder.running();
  const held = running ? undefined : await DataFolder.take(options.dataDir);
  const host = isLoopback(options.host) ? 'localhost' : options.host;
  // That of a running system is adopted, and left running.
  const postgres = await startPostgres(folder.postgres);
  try {
    const link = await system.createAdmin({ postgres: postgres.url, dataDir: folder.path, email, url: running?.url ?? `http://${host}:${options.port}` });
    say(`Open this link once, to become administrator as ${email}:\n${link}`);
    return STATUS.ok;
  } finally {
    if (held) {
      await postgres.stop();
      await held.release();
    }
  }
}

async function confirm(dataDir: string): Promise<void> {
  if (!process.stdin.isTTY) throw new StopReason(STATUS.usage, `--reset deletes everything in ${dataDir}: add --yes to confirm`);
  const question = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await question.question(`Delete everything in ${dataDir}? [y/N] `);
  question.close();
  if (!/^y(es)?$/i.test(answer.trim())) throw new StopReason(STATUS.usage, 'nothing was deleted');
}
