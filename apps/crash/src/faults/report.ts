import { FAULTS } from './index.js';
import type { Trial } from './trial.js';

/** A trial as it is kept, to be put together with others. */
export interface Measured extends Trial {
  /** The seed of the run that it is a part of. */
  readonly run: number;
  /** When it ended: ISO 8601, in UTC. */
  readonly at: string;
}

/** What became of a fault over all its runs. */
interface Row {
  readonly fault: string;
  readonly runs: number;
  readonly struck: number;
  readonly unknown: number;
  readonly violations: number;
  readonly recover: string;
  readonly worst: string;
}

/** From the seed of one run to that of the next. */
export const RUN = 1_000;

const HEAD: Readonly<Record<keyof Row, string>> = { fault: 'fault', runs: 'runs', struck: 'struck', unknown: 'answers lost', violations: 'violations', recover: 'recovery p50', worst: 'recovery max' };
const COLUMNS = Object.keys(HEAD) as (keyof Row)[];

const seconds = (ms: number | undefined): string => (ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`);

function rowsOf(trials: readonly Trial[]): Row[] {
  const tried = FAULTS.map(({ name }) => ({ fault: name, of: trials.filter(({ fault }) => fault === name) }));
  return tried.filter(({ of }) => of.length > 0).map(({ fault, of }) => {
    const times = of.flatMap(({ recoverMs }) => (recoverMs === null ? [] : [recoverMs])).toSorted((a, b) => a - b);
    return {
      fault,
      runs: of.length,
      struck: of.filter(({ proof }) => proof !== null).length,
      unknown: of.reduce((sum, { counts }) => sum + counts.askedAgain + counts.unknown, 0),
      violations: of.reduce((sum, { violations }) => sum + violations.length, 0),
      recover: seconds(times[Math.floor((times.length - 1) / 2)]),
      worst: seconds(times.at(-1)),
    };
  });
}

/** In columns. */
export function table(trials: readonly Trial[]): string[] {
  const all = [HEAD, ...rowsOf(trials)].map((row) => COLUMNS.map((column) => String(row[column])));
  const widths = COLUMNS.map((_, column) => Math.max(...all.map((row) => row[column]!.length)));
  return all.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  '));
}

const [FROM, TO] = ['<!-- faults: written by npm run test:faults -- --write -->', '<!-- faults end -->'];

/** Whether these are the same trial. */
export const same = (one: Pick<Trial, 'fault' | 'seed'>, other: Pick<Trial, 'fault' | 'seed'>): boolean => one.fault === other.fault && one.seed === other.seed;

/** When, and with which seeds. */
export function measured(trials: readonly Measured[]): string {
  const days = [...new Set(trials.map(({ at }) => at.slice(0, 10)))].toSorted();
  const seeds = [...new Set(trials.map(({ run }) => run))].toSorted((a, b) => a - b);
  const regular = seeds.length > 4 && seeds.every((seed, i) => i === 0 || seed === seeds[i - 1]! + RUN);
  const named = regular ? `${seeds[0]}, ${seeds[1]} … ${seeds.at(-1)}` : seeds.join(', ');
  const all = FAULTS.every(({ name }) => seeds.every((seed) => trials.some(({ fault, run }) => fault === name && run === seed)));
  return `Measured on ${days.length > 1 ? `${days[0]} to ${days.at(-1)}` : days[0]}: ${seeds.length} ${seeds.length > 1 ? 'seeds' : 'seed'} (${named})${all ? '' : ', not every fault with each'}.`;
}

/** The document with these figures in it. @throws Error where it has no place for them */
export function written(document: string, trials: readonly Measured[]): string {
  const [from, to] = [document.indexOf(FROM), document.indexOf(TO)];
  if (from < 0 || to < from) throw new Error(`the document has no ${FROM} … ${TO}`);
  const cells = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  const lines = [
    measured(trials),
    '',
    cells(COLUMNS.map((column) => HEAD[column])),
    cells(COLUMNS.map((_, i) => (i === 0 ? '---' : '---:'))),
    ...rowsOf(trials).map((row) => cells(COLUMNS.map((column) => String(row[column])))),
  ];
  return `${document.slice(0, from)}${FROM}\n${lines.join('\n')}\n${document.slice(to)}`;
}
