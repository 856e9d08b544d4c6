import type { Readable } from 'node:stream';
import { DomainError } from '@lacollecte/contracts';
import { CsvError } from 'csv-parse';
import { parse } from 'csv-parse/sync';
import { columnsOf, type ListedStructure, readStructure, type RefusedRow, REQUIRED_COLUMNS, withoutTwins } from '../domain/structure-list.js';

/** One transaction takes them all in well under a second; France has 1,200 such structures. */
const MAX_ROWS = 2_000;
const MAX_MEGABYTES = 5;
const MAX_BYTES = MAX_MEGABYTES * 1_000_000;
const tooLarge = () => new DomainError('import-too-large', { rows: MAX_ROWS, megabytes: MAX_MEGABYTES });

async function readAll(file: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of file.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > MAX_BYTES) break;
    chunks.push(bytes);
  }
  if (size <= MAX_BYTES) return Buffer.concat(chunks);
  // Who still sends reads our answer only after that; unread, the rest would hold the connection for ever.
  file.resume();
  throw tooLarge();
}

/** UTF-8 with or without BOM; what is not valid UTF-8 is Windows-1252, as French spreadsheets write it. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** The separator that the first line has most of. */
function delimiterOf(text: string): string {
  const heading = text.trimStart().split(/[\r\n]/, 1)[0] ?? '';
  return [';', ',', '\t'].reduce((best, candidate) => (heading.split(candidate).length > heading.split(best).length ? candidate : best));
}

/** Reads a CSV list of structures (`;`, `,` or tab; headings in French or English), every refused row with its reasons. */
export async function readStructureList(file: Readable): Promise<{ kept: ListedStructure[]; refused: RefusedRow[] }> {
  const text = decode(await readAll(file));
  let rows: { record: string[]; info: { lines: number } }[];
  try {
    // `relax_quotes`: an address may hold an inch sign or a quotation that nobody escaped.
    rows = parse(text, { delimiter: delimiterOf(text), info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, to: MAX_ROWS + 2 }) as unknown as typeof rows;
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    throw new DomainError('import-unreadable', { line: Number(error['lines'] ?? 0) });
  }
  if (rows.length > MAX_ROWS + 1) throw tooLarge();
  const columns = columnsOf(rows[0]?.record ?? []);
  const missing = REQUIRED_COLUMNS.find((column) => !columns.has(column));
  if (missing) throw new DomainError('import-column-missing', { column: missing });

  const read = rows.slice(1)
    .filter(({ record }) => record.some((cell) => cell.trim() !== ''))
    .map(({ record, info }) => readStructure(info.lines, record, columns));
  const { kept, refused } = withoutTwins(read.flatMap((row) => (Array.isArray(row) ? [] : [row])));
  return { kept, refused: [...read.flatMap((row) => (Array.isArray(row) ? row : [])), ...refused].sort((a, b) => a.line - b.line) };
}
