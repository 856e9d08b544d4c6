import { DomainError } from '@lacollecte/contracts';
import { recognised } from './fields.js';
import type { RawRow } from './source.js';

const QUOTE = 34;
const CR = 13;
const LF = 10;
/** Longest row, in characters: a quotation mark that is never closed must not take the rest of the file into memory. */
const LONGEST_ROW = 262_144;

/**
 * Rows of delimited text, given in parts cut anywhere. Lines end in LF, CR LF or CR alone, mixed as they come. A quoted cell may
 * hold delimiters, line ends and doubled quotes; a quote inside an unquoted cell is a character like others (15").
 */
export class Delimited {
  readonly #delimiter: number;
  #rest = '';
  #line = 1;

  constructor(delimiter: string) {
    this.#delimiter = delimiter.charCodeAt(0);
  }

  /** Rows completed by this part. @throws `manifest-unreadable` where a quotation mark is not closed */
  push(part: string, last: boolean): RawRow[] {
    const text = this.#rest + part;
    const rows: RawRow[] = [];
    let at = 0;
    while (at < text.length) {
      const row = this.#row(text, at, last);
      if (!row) break;
      rows.push({ line: this.#line, cells: row.cells });
      this.#line += row.lines;
      at = row.next;
    }
    this.#rest = text.slice(at);
    if (this.#rest.length > LONGEST_ROW) throw unclosed(this.#line);
    return rows;
  }

  /** The row that begins at `start`; undefined where its end is not there yet. */
  #row(text: string, start: number, last: boolean): { cells: string[]; next: number; lines: number } | undefined {
    const cells: string[] = [];
    let at = start;
    let lines = 1;
    for (;;) {
      let cell = '';
      if (text.charCodeAt(at) === QUOTE) {
        const close = closing(text, at + 1);
        if (close < 0) {
          if (last) throw unclosed(this.#line);
          return undefined;
        }
        cell = text.slice(at + 1, close);
        if (cell.includes('"')) cell = cell.replaceAll('""', '"');
        lines += lineEnds(cell);
        at = close + 1;
      }
      let end = at;
      for (; end < text.length; end++) {
        const code = text.charCodeAt(end);
        if (code === this.#delimiter || code === LF || code === CR) break;
      }
      if (end > at) cell += text.slice(at, end);
      if (end === text.length) {
        if (!last) return undefined;
        cells.push(cell);
        return { cells, next: end, lines };
      }
      cells.push(cell);
      if (text.charCodeAt(end) === this.#delimiter) {
        at = end + 1;
        continue;
      }
      if (text.charCodeAt(end) === LF) return { cells, next: end + 1, lines };
      // Whether a CR ends the line alone is known only with what follows it.
      if (end + 1 === text.length && !last) return undefined;
      return { cells, next: text.charCodeAt(end + 1) === LF ? end + 2 : end + 1, lines };
    }
  }
}

/** Where the quote that closes a cell stands; -1 where it is not there (yet). */
function closing(text: string, from: number): number {
  for (let at = from; ; ) {
    const quote = text.indexOf('"', at);
    if (quote < 0 || text.charCodeAt(quote + 1) !== QUOTE) return quote;
    at = quote + 2;
  }
}

function lineEnds(cell: string): number {
  return cell.includes('\n') || cell.includes('\r') ? cell.split(/\r\n|\r|\n/).length - 1 : 0;
}

function unclosed(line: number): DomainError {
  return new DomainError('manifest-unreadable', { reason: `ligne ${line} : guillemet jamais fermé / line ${line}: quotation mark never closed` });
}

const CANDIDATES = [';', ',', '\t', '|'];
/** Characters and rows that are looked at to find delimiter and header. */
export const SAMPLE = 65_536;
export const SAMPLE_ROWS = 50;

/** The delimiter by which one of the first rows names most fields; where none does, the one that cuts most. */
export function delimiterOf(text: string): string {
  const scores = CANDIDATES.map((delimiter) => ({ delimiter, ...score(text.slice(0, SAMPLE), delimiter) }));
  scores.sort((a, b) => b.fields - a.fields || b.cells - a.cells);
  return scores[0]!.delimiter;
}

function score(sample: string, delimiter: string): { fields: number; cells: number } {
  try {
    const rows = new Delimited(delimiter).push(`${sample}\n`, false).slice(0, SAMPLE_ROWS);
    return { fields: Math.max(0, ...rows.map((row) => recognised(row.cells))), cells: rows.reduce((sum, row) => sum + row.cells.length, 0) };
  } catch {
    return { fields: 0, cells: 0 };
  }
}
