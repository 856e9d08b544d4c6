import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { Crews, type Task } from './crews.js';
import { FAULTS } from './index.js';
import { type Measured, measured, RUN, same, table, written } from './report.js';

const DOCUMENT = fileURLToPath(new URL('../../../../docs/reliability.md', import.meta.url));
const USAGE = `usage: npm run test:faults -- [--runs 1] [--seed <number>] [--only <fault>,<fault>] [--at-once 1] [--json] [--add <file> …] [--write]
Real Kafka, Redis and PostgreSQL, each service a process, people at work; each run does each of these to them once:
${FAULTS.map(({ name }) => `  ${name}`).join('\n')}
--only takes a part of a name too; --at-once shares it out among so many whole systems; --json prints one object; --add takes in what --json
printed before (with --runs 0 nothing else); --write puts the table into docs/reliability.md.`;

const Added = z.object({
  trials: z.array(z.object({
    fault: z.string(), seed: z.int(), run: z.int(), at: z.string(), proof: z.string().nullable(), violations: z.array(z.string()), recoverMs: z.number().nullable(), lastedMs: z.number(),
    counts: z.object({ answered: z.int(), askedAgain: z.int(), refused: z.int(), unknown: z.int() }),
  })),
});

interface Options {
  readonly seed: number;
  readonly atOnce: number;
  readonly tasks: readonly Task[];
  readonly added: readonly Measured[];
  readonly json: boolean;
  readonly write: boolean;
}

/** @throws Error where an option is wrong */
async function options(): Promise<Options> {
  const [text, flag] = [{ type: 'string' }, { type: 'boolean', default: false }] as const;
  const { values } = parseArgs({
    options: {
      runs: { type: 'string', default: '1' }, 'at-once': { type: 'string', default: '1' }, add: { type: 'string', multiple: true, default: [] }, seed: text, only: text, json: flag, write: flag,
    },
  });
  const [runs, atOnce, seed] = [Number(values.runs), Number(values['at-once']), Number(values.seed ?? Math.floor(Math.random() * 1_000_000))];
  const wanted = values.only?.split(',').map((name) => name.trim());
  const faults = wanted ? FAULTS.filter(({ name }) => wanted.some((part) => name.includes(part))) : FAULTS;
  const unknown = wanted?.filter((part) => !FAULTS.some(({ name }) => name.includes(part))) ?? [];
  const least = values.add.length > 0 ? 0 : 1;
  if (!(Number.isInteger(runs) && runs >= least && Number.isInteger(atOnce) && atOnce >= 1 && Number.isInteger(seed)) || unknown.length > 0) throw new Error(USAGE);
  const tasks = Array.from({ length: runs }, (_, i) => faults.map((fault, n) => ({ fault, run: seed + i * RUN, seed: seed + i * RUN + n }))).flat();
  const added = (await Promise.all(values.add.map(trialsIn))).flat();
  const all = [...added, ...tasks.map(({ fault, seed: own }) => ({ fault: fault.name, seed: own }))];
  const twice = all.find((one, i) => all.findIndex((other) => same(one, other)) < i);
  if (twice) throw new Error(`${twice.fault} with seed ${twice.seed} would count twice`);
  return { seed, atOnce, tasks, added, json: values.json, write: values.write };
}

/** @throws Error where it is not what --json prints */
async function trialsIn(file: string): Promise<Measured[]> {
  try {
    const { trials } = Added.parse(JSON.parse(await readFile(file, 'utf8')));
    const strange = trials.find(({ fault }) => !FAULTS.some(({ name }) => name === fault));
    if (strange) throw new Error(`no fault is called ${strange.fault}`);
    return trials;
  } catch (error) {
    throw new Error(`${file} is not what --json prints: ${(error as Error).message}`, { cause: error });
  }
}

/** Gives the exit status. */
async function run({ seed, atOnce, tasks, added, json, write }: Options): Promise<number> {
  const say = (line: string): void => void (json ? process.stderr : process.stdout).write(`${line}\n`);
  const trials = [...added];
  const crews = new Crews([...tasks], ({ run: of }, trial, system) => {
    trials.push({ ...trial, run: of, at: new Date().toISOString() });
    for (const line of told(trials.at(-1)!)) say(line);
    for (const { name, said } of trial.violations.length > 0 ? system.logs() : []) say(`  what ${name} wrote last:\n${said}`);
  });
  const conclude = (): number => {
    for (const line of ['', ...table(trials)]) say(line);
    const violations = trials.reduce((sum, trial) => sum + trial.violations.length, 0);
    const missed = trials.filter(({ proof }) => proof === null).length;
    if (trials.length > 0) say(`\n${measured(trials)} ${violations} violations, ${missed} faults that did not strike`);
    if (json) process.stdout.write(`${JSON.stringify({ trials })}\n`);
    return violations + missed > 0 ? 1 : 0;
  };
  // Whoever is asked to end leaves nothing running, and loses nothing that was measured.
  let ending: Promise<never> | undefined;
  const end = async (status: number): Promise<never> => {
    await crews.stop();
    conclude();
    process.exit(status);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'disconnect'] as const) process.on(signal, () => void (ending ??= end(130)));
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${error.stack}\n`);
    ending ??= end(1);
  });
  if (tasks.length > 0) {
    say(`Seed ${seed}: ${tasks.length} faults. Starting PostgreSQL, Kafka, Redis, seven services and the gateway${atOnce > 1 ? `, ${Math.min(atOnce, tasks.length)} times` : ''}`);
    await crews.work(atOnce);
  }
  if (ending) return ending;
  const status = conclude();
  if (write) await writeFile(DOCUMENT, written(await readFile(DOCUMENT, 'utf8'), trials));
  return status;
}

function told({ fault, seed, proof, violations, counts, recoverMs, lastedMs }: Measured): string[] {
  const figures = `${counts.answered} answered, ${counts.askedAgain} asked again, ${counts.unknown} unknown, ${counts.refused} refused`;
  const recovered = recoverMs === null ? 'not recovered' : `recovered in ${(recoverMs / 1000).toFixed(1)} s`;
  return [
    `${violations.length === 0 ? 'ok   ' : 'WRONG'} ${fault} (seed ${seed}, ${Math.round(lastedMs / 1000)} s): ${proof ?? 'no proof'}; ${recovered}; ${figures}`,
    ...violations.map((violation) => `  ${violation}`),
  ];
}

let given: Options;
try {
  given = await options();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(64);
}
process.exitCode = await run(given);
process.removeAllListeners('disconnect');
process.disconnect?.();
