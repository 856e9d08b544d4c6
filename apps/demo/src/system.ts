import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Options } from './options.js';
import { waitFor } from './wait.js';

/** Compiled or from its source, as this program is. */
const MAIN = import.meta.url.endsWith('.ts') ? 'src/main.ts' : 'dist/main.js';
/** A system to demonstrate on. */
export interface RunningSystem {
  readonly url: string;
  /** Where its data is, if that is known here. */
  readonly dataDir: string | null;
  /** Stops what was started for the demonstration only. */
  release(): Promise<void>;
}

/** The one that is named, else the one that runs on the data folder, or as a stack below it, else one that is started there. */
export async function findSystem(options: Options, say: (text: string) => void): Promise<RunningSystem> {
  const { url, dataDir } = options;
  const found = await Promise.all([dataDir, join(dataDir, 'stack')].map(async (folder) => ({ folder, running: await runningOn(folder) })));
  const at = (fits: (running: Running) => boolean) => found.find(({ running }) => running && fits(running));
  if (url !== null) {
    if (!(await answers(url))) throw new Error(`nothing answers at ${url}: start a system with npm start, or leave out --url`);
    return { url, dataDir: at((running) => samePlace(running.url, url))?.folder ?? null, release: async () => undefined };
  }
  const system = at(() => true);
  if (system) return { url: system.running!.url, dataDir: system.folder, release: async () => undefined };
  return startSystem(dataDir, say);
}

interface Running {
  readonly pid: number;
  readonly url: string;
}

async function runningOn(dataDir: string): Promise<Running | undefined> {
  try {
    const running = JSON.parse(await readFile(join(dataDir, 'running.json'), 'utf8')) as Running;
    return (await answers(running.url)) ? running : undefined;
  } catch {
    return undefined;
  }
}

function samePlace(a: string, b: string): boolean {
  return new URL(a).port === new URL(b).port;
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health`);
    await response.arrayBuffer();
    return response.status === 200;
  } catch {
    return false;
  }
}

/** Another program of this project; it is told when this one is gone, whatever ended it. */
function launch(app: string, args: readonly string[]): ChildProcess {
  const main = fileURLToPath(new URL(`../../${app}/${MAIN}`, import.meta.url));
  return spawn(process.execPath, [...process.execArgv, main, ...args], { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
}

/** What `npm start` does, on any free port; its output is kept for the case that it fails. */
async function startSystem(dataDir: string, say: (text: string) => void): Promise<RunningSystem> {
  say(`No system runs on ${dataDir}: starting one`);
  const child = launch('standalone', ['--port', '0', '--data', dataDir]);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output = `${output}${chunk.toString()}`.slice(-4_000)));
  const ended = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const release = async (): Promise<void> => {
    if (ended()) return;
    child.kill('SIGTERM');
    await new Promise((resolve) => child.once('exit', resolve));
  };
  try {
    const running = await waitFor('the system is ready', async () => {
      if (ended()) throw new Error(`the system did not start (exit status ${child.exitCode ?? child.signalCode}):\n${output}`);
      return runningOn(dataDir);
    }, () => output);
    return { url: running.url, dataDir, release };
  } catch (error) {
    await release();
    throw error;
  }
}

export interface CheckReport {
  /** Rule → violations. */
  readonly invariants: Record<string, number>;
  readonly exitCode: number;
  /** What it said besides. */
  readonly notes: string;
}

/** `npm run check` on the system's own databases, once nothing is in flight. */
export async function runCheck(dataDir: string): Promise<CheckReport> {
  const child = launch('check', ['--settled', '--allow-empty', '--json', '--data', dataDir]);
  let output = '';
  let notes = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (notes += chunk.toString()));
  const exitCode = await new Promise<number>((resolve, reject) => child.once('error', reject).once('close', (code) => resolve(code ?? 1)));
  try {
    const { invariants } = JSON.parse(output) as { invariants: Record<string, number> };
    return { invariants, exitCode, notes };
  } catch {
    throw new Error(`npm run check did not report (exit status ${exitCode}):\n${notes}${output}`);
  }
}
