import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const START_MS = 120_000;
/** After this long a server that was asked to end is killed. */
const STOP_MS = 20_000;

/** A server of ours, on the loopback interface. */
export interface Program {
  readonly pid: number;
  /** Why it ended, once it has. */
  readonly ended: Promise<string>;
  /** Asks it to end, and kills it where it does not; `SIGKILL` at once where that is asked for. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

/** How a program is held by whoever starts it. */
export interface Hold {
  /** Told of the process at once. It is then in a group of its own: a Ctrl-C in the terminal does not reach it. */
  readonly spawned?: (pid: number) => void;
  /** Gives up a start that is under way. */
  readonly signal?: AbortSignal;
}

/**
 * Starts a program and waits until something listens on `port`. What it prints goes to `logFile`.
 * @throws Error with the end of its log where it ended before that; nothing is left running then
 */
export async function startProgram(
  command: string, args: readonly string[], { port, logFile, env, spawned, signal: given }: { port: number; logFile: string; env?: NodeJS.ProcessEnv } & Hold,
): Promise<Program> {
  given?.throwIfAborted();
  const log = await open(logFile, 'a');
  const child = spawn(command, args, { stdio: ['ignore', log.fd, log.fd], env: { ...process.env, ...env }, detached: spawned !== undefined });
  if (child.pid !== undefined) spawned?.(child.pid);
  const ended = endOf(child);
  await log.close();
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(late);
  };
  const over = ended.then(async (how) => {
    throw new Error(`${command} ended (${how}) before it was ready: ${(await readFile(logFile, 'utf8')).trim().split('\n').slice(-5).join(' | ')}`);
  });
  over.catch(() => undefined);
  const waiting = new AbortController();
  try {
    await Promise.race([listening(port, AbortSignal.any([waiting.signal, ...(given ? [given] : [])])), over]);
  } catch (error) {
    await stop();
    throw error;
  } finally {
    waiting.abort();
  }
  return { pid: child.pid!, ended, stop };
}

async function endOf(child: ChildProcess): Promise<string> {
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, string | null];
    return signal ?? `exit ${code}`;
  } catch (error) {
    return (error as Error).message;
  }
}

async function listening(port: number, signal: AbortSignal): Promise<void> {
  for (const deadline = Date.now() + START_MS; ; await sleep(50, undefined, { signal })) {
    const socket = connect(port, '127.0.0.1');
    const open = await Promise.race([once(socket, 'connect').then(() => true), once(socket, 'error').then(() => false)]).catch(() => false);
    socket.destroy();
    if (open) return;
    if (Date.now() > deadline) throw new Error(`nothing listens on port ${port} after ${START_MS / 1000} s`);
  }
}
