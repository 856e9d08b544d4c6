import type { ServiceReport, TableReport } from './replay.js';

const count = (n: number, one: string): string => `${n.toLocaleString('en')} ${one}${n === 1 ? '' : 's'}`;

function troubles({ different, missing, extra }: TableReport): number {
  return different + missing + extra;
}

function liveRows({ equal, different, extra, later }: TableReport): number {
  return equal + different + extra + later;
}

/** For people: a line a table, with its first differing rows below it. */
export function toText({ service, schema, tables }: ServiceReport): string {
  const width = Math.max(...tables.map(({ table }) => table.length));
  return [service, ...tables.flatMap((table) => [lineOf(table, width), ...differencesOf(table)]), ...(schema ? [`  kept in the schema ${schema}: drop schema ${schema} cascade`] : [])].join('\n');
}

function lineOf(report: TableReport, width: number): string {
  const { table, kind, events, equal, different, missing, extra, later } = report;
  const verdict = troubles(report) > 0 ? 'DIFFERS' : liveRows(report) === 0 ? 'empty' : 'ok';
  const parts = [
    events === null ? count(liveRows(report), 'row') : `${count(liveRows(report), 'row')} of ${count(events, 'event')}`,
    `${equal.toLocaleString('en')} equal`,
    ...Object.entries({ different, missing, extra }).filter(([, n]) => n > 0).map(([name, n]) => `${n.toLocaleString('en')} ${name}`),
    ...(later > 0 ? [`${later.toLocaleString('en')} told of since`] : []),
  ];
  return `  ${verdict.padEnd(8)} ${kind.padEnd(10)} ${table.padEnd(width)}  ${parts.join(', ')}`;
}

function differencesOf(report: TableReport): string[] {
  const lines = report.differences.map(({ key, verdict, columns }) => `             ${key}: ${verdict === 'different' ? `${columns.join(', ')} different` : verdict}`);
  const more = troubles(report) - report.differences.length;
  return more > 0 ? [...lines, `             and ${more.toLocaleString('en')} more`] : lines;
}

/** What is wrong, in one line; null where nothing is. */
export function wrongIn(reports: readonly ServiceReport[]): string | null {
  const tables = reports.flatMap(({ service, tables: own }) => own.filter((table) => troubles(table) > 0).map(({ table }) => `${service}.${table}`));
  return tables.length > 0 ? `${count(tables.length, 'table')} not as the events say: ${tables.join(', ')}` : null;
}

/** What was found, in one line. */
export function allWell(reports: readonly ServiceReport[]): string {
  const tables = reports.flatMap((report) => report.tables);
  const equal = tables.reduce((sum, table) => sum + table.equal, 0);
  return `Every row compared is as the events say (${count(tables.length, 'table')}, ${count(equal, 'row')}).`;
}
