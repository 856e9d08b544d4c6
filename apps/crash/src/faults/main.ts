import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Client } from '../client.js';
import { setScene } from '../people.js';
import { System } from '../system.js';
import { Distributed } from './distributed.js';
import type { Fault } from './fault.js';
import { FAULTS } from './index.js';
import { table, written } from './report.js';
import { type Trial, tryFault } from './trial.js';

const DOCUMENT = fileURLToPath(new URL('../../../../docs/reliability.md', import.meta.url));
const USAGE = `usage: npm run test:faults -- [--runs 20] [--seed 1] [--only <fault>,<fault>] [--json] [--write]
Real Kafka, Redis and PostgreSQL, each service a process, people at work; each run does each of these to them once:
${FAULTS.map(({ name }) => `  ${name}`).join('\n')}
--only takes a part of a name too; --json prints one object; --write puts the table into docs/reliability.md.`;

interface Options {
  readonly runs: number;
  readonly seed: number;
  readonly faults: readonly Fault[];
  readonly json: boolean;
  readonly write: boolean;
}

/** @throws Error where an option is wrong */
function options(): Options {
  const { values } = parseArgs({
    options: { runs: { type: 'string', default: '1' }, seed: { type: 'string' }, only: { type: 'string' }, json: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
  });
  const [runs, seed] = [Number(values.runs), Number(values.seed ?? Math.floor(Math.random() * 1_000_000))];
  const wanted = values.only?.split(',').map((name) => name.trim());
  const faults = wanted ? FAULTS.filter(({ name }) => wanted.some((part) => name.includes(part))) : FAULTS;
  const unknown = wanted?.filter((part) => !FAULTS.some(({ name }) => name.includes(part))) ?? [];
  if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed) || unknown.length > 0) throw new Error(USAGE);
  return { runs, seed, faults, json: values.json, write: values.write };
}

/** Gives the exit status. */
async function run({ runs, seed, faults, json, write }: Options): Promise<number> {
  const say = (line: string): void => void (json ? process.stderr : process.stdout).write(`${line}\n`);
  say(`Seed ${seed}. Starting PostgreSQL, Kafka, Redis and six services`);
  const trials: Trial[] = [];
  const system = await System.start(Distributed.start);
  // Whoever is asked to end leaves nothing running.
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.once(signal, () => void system.stop().finally(() => process.exit(130)));
  try {
    const scene = await setScene(new Client(system));
    for (let i = 0; i < runs; i++) {
      for (const [n, fault] of faults.entries()) {
        const trial = await tryFault(system, scene, fault, seed + i * 1_000 + n);
        trials.push(trial);
        for (const line of told(trial)) say(line);
        for (const { name, said } of trial.violations.length > 0 ? system.logs() : []) say(`  what ${name} wrote last:\n${said}`);
      }
    }
  } finally {
    await system.stop();
  }
  for (const line of ['', ...table(trials)]) say(line);
  const violations = trials.reduce((sum, trial) => sum + trial.violations.length, 0);
  const missed = trials.filter(({ proof }) => proof === null).length;
  say(`\nSeed ${seed}: ${violations} violations, ${missed} faults that did not strike`);
  if (json) process.stdout.write(`${JSON.stringify({ seed, runs, trials })}\n`);
  if (write) await writeFile(DOCUMENT, written(await readFile(DOCUMENT, 'utf8'), trials, { runs, seed, when: new Date() }));
  return violations + missed > 0 ? 1 : 0;
}

function told({ fault, seed, proof, violations, counts, recoverMs, lastedMs }: Trial): string[] {
  const figures = `${counts.answered} answered, ${counts.askedAgain} asked again, ${counts.unknown} unknown, ${counts.refused} refused`;
  const recovered = recoverMs === null ? 'not recovered' : `recovered in ${(recoverMs / 1000).toFixed(1)} s`;
  return [
    `${violations.length === 0 ? 'ok   ' : 'WRONG'} ${fault} (seed ${seed}, ${Math.round(lastedMs / 1000)} s): ${proof ?? 'no proof'}; ${recovered}; ${figures}`,
    ...violations.map((violation) => `  ${violation}`),
  ];
}

let given: Options;
try {
  given = options();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(64);
}
process.exitCode = await run(given);
process.removeAllListeners('disconnect');
process.disconnect?.();
