import { access, constants, readFile } from 'node:fs/promises';
import { Demonstration } from './demo.js';
import { type Options, readOptions, UsageError } from './options.js';
import { Progress } from './progress.js';
import { exitCode, type Told, toJson, toText } from './report.js';
import { findSystem, runCheck } from './system.js';

/** `sysexits.h`: the command was used wrongly. */
const EX_USAGE = 64;

async function demonstrate(options: Options): Promise<number> {
  await access(options.file, constants.R_OK).catch(() => {
    throw new UsageError(`${options.file} cannot be read`);
  });
  const progress = new Progress();
  const system = await progress.stage('system', () => findSystem(options, (text) => progress.say(text)));
  try {
    progress.say(`Demonstration on ${system.url}, seed ${options.seed}`);
    const result = await new Demonstration(system.url, options.issuer, options.seed, progress).run(options.file);
    const { dataDir } = system;
    const check = result.outcome && dataDir !== null ? await progress.stage('check', () => runCheck(dataDir)) : null;
    const told: Told = { ...result, check, seconds: progress.seconds() };
    process.stdout.write(options.json ? `${JSON.stringify(toJson(told))}\n` : `\n${toText(told)}\n`);
    if (options.json && !result.outcome) process.stderr.write(`${toText(told)}\n`);
    return exitCode(told);
  } finally {
    await system.release();
  }
}

async function main(): Promise<number> {
  try {
    const options = readOptions(process.argv.slice(2), process.env);
    if (!options.help) return await demonstrate(options);
    process.stdout.write(await readFile(new URL('../help.txt', import.meta.url), 'utf8'));
    return 0;
  } catch (error) {
    const wrong = error instanceof UsageError;
    process.stderr.write(wrong ? `${error.message}: see npm run demo -- --help\n` : `${messageOf(error)}\n`);
    return wrong ? EX_USAGE : 1;
  }
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}\n  because: ${error.cause.message}` : error.message;
}

process.exitCode = await main();
// Started by tools/launch.mjs, the channel to it would keep this process alive.
process.disconnect?.();
