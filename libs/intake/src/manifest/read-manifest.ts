import { type Category, DomainError } from '@lacollecte/contracts';
import { decode } from './decode.js';
import { Delimited, delimiterOf, SAMPLE, SAMPLE_ROWS } from './delimited.js';
import { type Column, type Field, recognise, recognised } from './fields.js';
import { formatOf } from './format.js';
import { type ManifestRow, type Refusal, RowReader } from './rows.js';
import { type ByteSource, parts, type RawRow } from './source.js';
import { readXlsx } from './xlsx.js';

export const MOST_ROWS = 1_000_000;
/** Data rows of a part: one step of the job that stores them, far under a second; and what of a list is in memory at once. */
export const PART_ROWS = 2_500;
/** Bytes of a file that are parsed at a time. */
const READ_BYTES = 65_536;

/** How the donor wants a list to be read, where it is not read rightly by itself. */
export interface Correction {
  /** What each column holds, from the left; columns not named hold nothing that is kept. Null: as recognised. */
  readonly fields: readonly (Field | null)[] | null;
  /** For rows that do not name a known category. */
  readonly category: Category | null;
}

/** Some of the data rows of a list, in its order. */
export interface Part {
  /** From 0. The same file and correction give the same parts. */
  readonly number: number;
  readonly accepted: readonly ManifestRow[];
  readonly refused: readonly Refusal[];
}

/** A list whose header is read. */
export interface OpenedList {
  readonly columns: readonly Column[];
  /** To be read once. @throws `manifest-too-many-rows`, `manifest-unreadable` */
  readonly parts: AsyncGenerator<Part>;
}

async function* readDelimited(source: ByteSource): AsyncGenerator<RawRow[]> {
  let reader: Delimited | undefined;
  let sample = '';
  for await (const text of decode(parts(source, READ_BYTES))) {
    sample = reader ? text : sample + text;
    if (!reader && sample.length < SAMPLE) continue;
    reader ??= new Delimited(delimiterOf(sample));
    yield reader.push(sample, false);
    sample = '';
  }
  reader ??= new Delimited(delimiterOf(sample));
  yield reader.push(sample, true);
}

/** The row of the first ones that names most fields; titles stand above it. */
function headerAt(rows: readonly RawRow[]): number {
  const scores = rows.slice(0, SAMPLE_ROWS).map((row) => recognised(row.cells));
  const best = Math.max(0, ...scores);
  if (best === 0) throw new DomainError('manifest-no-header');
  return scores.indexOf(best);
}

function columnsOf(header: RawRow, fields: Correction['fields']): Column[] {
  // Copies: a cell is a slice that would keep its whole chunk of the file alive.
  const headers = header.cells.map((cell) => Buffer.from(cell.trim().slice(0, 200)).toString());
  while (headers.length > 0 && headers.at(-1) === '') headers.pop();
  return fields ? headers.map((text, i) => ({ header: text, field: fields[i] ?? null })) : recognise(headers);
}

/**
 * Reads a donor's list as a stream: its columns at once, its rows in parts.
 * @throws `manifest-format-unsupported`, `manifest-no-header`, `manifest-unreadable`
 */
export async function readManifest(source: ByteSource, correction: Correction): Promise<OpenedList> {
  const format = formatOf(await source.read(0, 200));
  const stream = format === 'xlsx' ? readXlsx(source) : readDelimited(source);
  const first: RawRow[] = [];
  while (first.length < SAMPLE_ROWS) {
    const next = await stream.next();
    if (next.done) break;
    for (const row of next.value) first.push(row);
  }
  const header = headerAt(first);
  const columns = columnsOf(first[header]!, correction.fields);
  const rows = new RowReader(columns, correction.category);
  return { columns, parts: readParts(rows, first.slice(header + 1), stream) };
}

async function* readParts(reader: RowReader, first: RawRow[], stream: AsyncGenerator<RawRow[]>): AsyncGenerator<Part> {
  let number = 0;
  let total = 0;
  let accepted: ManifestRow[] = [];
  let refused: Refusal[] = [];
  let rows: RawRow[] | undefined = first;
  while (rows) {
    for (const raw of rows) {
      if (!reader.isData(raw)) continue;
      if (++total > MOST_ROWS) throw new DomainError('manifest-too-many-rows', { rows: MOST_ROWS });
      const read = reader.read(raw);
      if ('row' in read) accepted.push(read.row);
      else refused.push(read.refusal);
      if (accepted.length + refused.length < PART_ROWS) continue;
      yield { number: number++, accepted, refused };
      [accepted, refused] = [[], []];
    }
    const next = await stream.next();
    rows = next.done ? undefined : next.value;
  }
  if (accepted.length + refused.length > 0) yield { number, accepted, refused };
}
