import type { Trial } from './trial.js';

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

const HEAD: Readonly<Record<keyof Row, string>> = { fault: 'fault', runs: 'runs', struck: 'struck', unknown: 'answers lost', violations: 'violations', recover: 'recovery p50', worst: 'recovery max' };
const COLUMNS = Object.keys(HEAD) as (keyof Row)[];

const seconds = (ms: number | undefined): string => (ms === undefined ? '–' : `${(ms / 1000).toFixed(1)} s`);

function rowsOf(trials: readonly Trial[]): Row[] {
  return [...new Set(trials.map(({ fault }) => fault))].map((fault) => {
    const of = trials.filter((trial) => trial.fault === fault);
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

/** The document with these figures in it. @throws Error where it has no place for them */
export function written(document: string, trials: readonly Trial[], { runs, seed, when }: { runs: number; seed: number; when: Date }): string {
  const [from, to] = [document.indexOf(FROM), document.indexOf(TO)];
  if (from < 0 || to < from) throw new Error(`the document has no ${FROM} … ${TO}`);
  const cells = (row: readonly string[]): string => `| ${row.join(' | ')} |`;
  const lines = [
    `Measured on ${when.toISOString().slice(0, 10)}: \`npm run test:faults -- --runs ${runs} --seed ${seed} --write\`.`,
    '',
    cells(COLUMNS.map((column) => HEAD[column])),
    cells(COLUMNS.map((_, i) => (i === 0 ? '---' : '---:'))),
    ...rowsOf(trials).map((row) => cells(COLUMNS.map((column) => String(row[column])))),
  ];
  return `${document.slice(0, from)}${FROM}\n${lines.join('\n')}\n${document.slice(to)}`;
}
