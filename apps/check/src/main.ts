import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SetupError } from '@lacollecte/database';
import { type OpenDatabases, openDatabases, OutOfReach } from '@lacollecte/system';
import { settled } from './backlog.js';
import { check } from './check.js';
import { exitCode, toJson, toText } from './report.js';

const SETTLE_MS = 120_000;
/** `sysexits.h`: the command was used wrongly. */
const EX_USAGE = 64;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

interface Options {
  readonly settled: boolean;
  readonly allowEmpty: boolean;
  readonly json: boolean;
  readonly dataDir: string;
}

/** Returns the exit status. */
async function run(options: Options): Promise<number> {
  const databases = await openDatabases(options.dataDir, process.env);
  try {
    const unsettled = options.settled && (await wait(databases));
    const report = await check(databases.urls);
    process.stdout.write(`${options.json ? JSON.stringify(toJson(report, options.allowEmpty), null, 2) : toText(report, options.allowEmpty)}\n`);
    return unsettled ? 1 : exitCode(report, options.allowEmpty);
  } finally {
    await databases.release();
  }
}

/** Gives true where something still waits. */
async function wait({ urls, running }: OpenDatabases): Promise<boolean> {
  const waiting = await settled(urls, running ? SETTLE_MS : 0, say);
  if (waiting !== undefined) say(running ? `Still waiting after ${SETTLE_MS / 1000} seconds: ${waiting}` : `Nothing runs here, and these wait until it does: ${waiting}`);
  return waiting !== undefined;
}

function options(): Options | undefined {
  const { values } = parseArgs({
    options: {
      settled: { type: 'boolean', default: false },
      'allow-empty': { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      data: { type: 'string', default: '.data' },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return undefined;
  return { settled: values.settled, allowEmpty: values['allow-empty'], json: values.json, dataDir: resolve(values.data) };
}

async function main(): Promise<number> {
  let given: Options | undefined;
  try {
    given = options();
  } catch (error) {
    say(`${(error as Error).message.split(/\. To |\n/)[0]}: see npm run check -- --help`);
    return EX_USAGE;
  }
  if (!given) {
    process.stdout.write(await readFile(new URL('../help.txt', import.meta.url), 'utf8'));
    return 0;
  }
  try {
    return await run(given);
  } catch (error) {
    if (!(error instanceof OutOfReach || error instanceof SetupError)) throw error;
    say(error.message);
    return 2;
  }
}

process.exitCode = await main();
// Started by tools/launch.mjs, the channel to it would keep this process alive.
process.disconnect?.();
