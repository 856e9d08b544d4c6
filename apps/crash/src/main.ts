import { parseArgs } from 'node:util';
import { SERVICES } from '@lacollecte/contracts';
import type { CrashPoint } from '@lacollecte/database';
import { Client } from './client.js';
import { setScene } from './people.js';
import { CRASHES, type Round, strikeAll, TARGETS, type Targets, type Trial } from './round.js';
import { System } from './system.js';

const USAGE = `usage: npm run test:crash -- [--runs 1] [--seed <number>] [--point <point>] [--service <service>]
points: ${CRASHES.join(', ')}
services: ${SERVICES.join(', ')}
Each run strikes every point once, at a service and a pass that follow from the seed; both options may be given more than once.`;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Options extends Targets {
  readonly runs: number;
  readonly seed: number;
}

/** @throws Error where an option is wrong */
function options(): Options {
  const many = { type: 'string', multiple: true } as const;
  const { values } = parseArgs({ options: { runs: { type: 'string', default: '1' }, seed: { type: 'string' }, point: many, service: many } });
  const [runs, seed] = [Number(values.runs), Number(values.seed ?? Math.floor(Math.random() * 1_000_000))];
  const services = chosen(SERVICES, values.service);
  const points = chosen<CrashPoint>(CRASHES, values.point).filter((point) => values.point !== undefined || TARGETS[point].some((service) => services.includes(service)));
  const possible = points.every((point) => TARGETS[point].some((service) => services.includes(service)));
  if (!Number.isInteger(runs) || runs < 1 || !Number.isInteger(seed) || !possible) throw new Error(USAGE);
  return { runs, seed, points, services };
}

/** All, unless some are named. @throws Error where one is not known */
function chosen<T extends string>(all: readonly T[], named: readonly string[] | undefined): readonly T[] {
  if (named?.some((name) => !(all as readonly string[]).includes(name))) throw new Error(USAGE);
  return named ? all.filter((one) => named.includes(one)) : all;
}

/** How many of each, by point. */
function table(points: readonly CrashPoint[], trials: readonly Trial[]): string[] {
  const rows = points.map((point) => {
    const of = trials.filter((trial) => trial.point === point);
    const sum = (value: (trial: Trial) => number): string => `${of.reduce((total, trial) => total + value(trial), 0)}`;
    return [point, `${of.length}`, sum(({ struck }) => Number(struck)), sum(({ counts }) => counts.answered), sum(({ counts }) => counts.askedAgain), sum(({ counts }) => counts.refused), sum(({ violations }) => violations.length)];
  });
  const all = [['point', 'runs', 'struck', 'answered', 'asked again', 'refused', 'violations'], ...rows];
  const widths = all[0]!.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  '));
}

/** Gives the exit status. */
async function run({ runs, seed, ...targets }: Options): Promise<number> {
  say(`Seed ${seed}. Starting a PostgreSQL and seven services`);
  const system = await System.start();
  const rounds: Round[] = [];
  try {
    const scene = await setScene(new Client(system));
    for (let i = 0; i < runs; i++) {
      const start = performance.now();
      const round = await strikeAll(system, scene, targets, seed + i);
      rounds.push(round);
      const missed = round.trials.filter(({ struck }) => !struck).map(({ point, service, pass }) => `${point} of ${service} at pass ${pass} never struck`);
      const wrong = [...missed, ...round.trials.flatMap(({ point, service, violations }) => violations.map((violation) => `${point} of ${service}: ${violation}`)), ...round.violations];
      const where = round.trials.map(({ point, service, pass }) => `${service} ${point}:${pass}`).join(', ');
      say(`run ${i + 1} of ${runs}, seed ${seed + i}, ${Math.round((performance.now() - start) / 1000)} s: ${wrong.length === 0 ? 'ok' : `${wrong.length} WRONG`} (${where})`);
      for (const line of wrong) say(`  ${line}`);
      for (const { name, said } of wrong.length > 0 ? system.logs() : []) say(`  what ${name} wrote last:\n${said}`);
    }
  } finally {
    await system.stop();
  }
  const trials = rounds.flatMap((round) => round.trials);
  for (const line of ['', ...table(targets.points, trials)]) say(line);
  const violations = rounds.reduce((sum, round) => sum + round.violations.length, 0) + trials.reduce((sum, trial) => sum + trial.violations.length, 0);
  const missed = trials.filter(({ struck }) => !struck).length;
  say(`\n${violations} violations (${rounds.reduce((sum, round) => sum + round.violations.length, 0)} of them found by check), ${missed} points that did not strike`);
  return violations + missed > 0 ? 1 : 0;
}

let given: Options;
try {
  given = options();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(64);
}
process.exitCode = await run(given);
process.disconnect?.();
