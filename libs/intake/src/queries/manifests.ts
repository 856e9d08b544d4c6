import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { commonProblems, fill, fromCursor, type Page, toPage } from '@lacollecte/http';
import type { Column } from '../manifest/fields.js';
import { problems } from '../problems.js';

/** A text for people in both languages. */
export interface Texts {
  readonly fr: string;
  readonly en: string;
}

/** What a problem's code says. */
export function textsOf(code: string, params: Readonly<Record<string, string | number>> = {}): Texts {
  const catalogue: Record<string, Texts | undefined> = { ...commonProblems, ...problems };
  const text = catalogue[code] ?? { fr: code, en: code };
  return { fr: fill(text.fr, params, 'fr'), en: fill(text.en, params, 'en') };
}

interface Problem {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number>>;
}

interface ManifestRecord {
  readonly id: string;
  readonly version: number;
  readonly created_at: string;
  readonly problem: Problem | null;
}

/** Read: by its bytes, of which an archive's directory is read besides. Imported: a part that has become lines is deleted. */
const PROGRESS = `case m.state when 'uploaded' then 0 when 'reading' then least(1, r.bytes_read / greatest(m.bytes, 1)::float8)
  when 'confirmed' then 1 - (select count(*) from manifest_part p where p.manifest_id = m.id and p.reading = m.reading) / greatest(r.next_part, 1)::float8 end`;

/** `read` counts on while a file is read; the sample is what the first accepted rows would become. */
const MANIFEST = `select m.id, m.version, m.state, m.lot_id as "lotId", m.donor_id as "donorId", m.filename, m.bytes, m.columns, m.category, m.rows, m.accepted, m.refused, m.devices,
  m.submit, m.problem, m.created_at::text as created_at, m.created_at as "createdAt", m.decided_at as "decidedAt", coalesce(r.rows, m.rows) as read, ${PROGRESS} as progress, coalesce(r.sample, '[]') as sample
  from manifest m left join manifest_reading r on r.manifest_id = m.id and r.reading = m.reading`;

function shown({ created_at: _, problem, ...row }: ManifestRecord) {
  return { ...row, problem: problem && { code: problem.code, text: textsOf(problem.code, problem.params) } };
}
export type ManifestView = ReturnType<typeof shown>;

/** Throws `not-found`. */
export async function showManifest(tx: Tx, manifestId: string): Promise<ManifestView> {
  const row = await tx.one<ManifestRecord>(`${MANIFEST} where m.id = $1`, [manifestId]);
  if (!row) throw new DomainError('not-found');
  return shown(row);
}

interface PageInput {
  readonly after?: string | undefined;
  readonly limit: number;
}

export async function listManifests(tx: Tx, lotId: string, query: PageInput): Promise<Page<ManifestView>> {
  if (!(await tx.one('select 1 from lot where id = $1', [lotId]))) throw new DomainError('not-found');
  const rows = await tx.query<ManifestRecord>(
    `${MANIFEST} where m.lot_id = $1 and ($2::timestamptz is null or (m.created_at, m.id) > ($2, $3)) order by m.created_at, m.id limit $4`,
    [lotId, ...fromCursor(query.after), query.limit + 1],
  );
  return toPage(rows, query.limit, shown);
}

interface RefusalRecord {
  readonly id: string;
  readonly created_at: string;
  readonly line: number;
  readonly column: string | null;
  readonly value: string;
  readonly code: string;
  readonly cells: readonly string[];
}

/** Refused rows in the order of the file, each with what its kept columns say. */
export async function listRefusals(tx: Tx, manifestId: string, query: PageInput): Promise<Page<object>> {
  const fields = (await keptColumns(tx, manifestId)).map(({ field }) => field);
  const [, lastId] = fromCursor(query.after);
  const rows = await tx.query<RefusalRecord>(
    `select f.id, '' as created_at, f.line, f.header as "column", f.value, f.code, f.cells
     from manifest_refusal f join manifest m on m.id = f.manifest_id and m.reading = f.reading
     where m.id = $1 and f.line > coalesce((select line from manifest_refusal where id = $2), 0) order by f.line limit $3`,
    [manifestId, lastId, query.limit + 1],
  );
  return toPage(rows, query.limit, ({ line, column, value, code, cells }) => {
    const values = Object.fromEntries(fields.map((field, i) => [field, cells[i] ?? '']));
    return { line, column, value, code, reason: textsOf(code), values };
  });
}

/** A refused row as its file has it: the mapped cells only. */
export interface RefusedRow {
  readonly line: number;
  readonly column: string | null;
  readonly value: string;
  readonly code: string;
  readonly cells: readonly string[];
}

/** Headers of the columns that are kept, in the order of a refused row's cells. */
export async function keptHeaders(tx: Tx, manifestId: string): Promise<string[]> {
  return (await keptColumns(tx, manifestId)).map(({ header }) => header);
}

/** Throws `not-found`. */
async function keptColumns(tx: Tx, manifestId: string): Promise<Column[]> {
  const row = await tx.one<{ columns: readonly Column[] }>('select columns from manifest where id = $1', [manifestId]);
  if (!row) throw new DomainError('not-found');
  return row.columns.filter((column) => column.field !== null);
}

/** Refused rows after this line. */
export function refusedAfter(tx: Tx, manifestId: string, line: number, limit: number): Promise<RefusedRow[]> {
  return tx.query<RefusedRow>(
    `select f.line, f.header as "column", f.value, f.code, f.cells
     from manifest_refusal f join manifest m on m.id = f.manifest_id and m.reading = f.reading where m.id = $1 and f.line > $2 order by f.line limit $3`,
    [manifestId, line, limit],
  );
}
