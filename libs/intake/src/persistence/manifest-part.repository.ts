import type { Tx } from '@lacollecte/database';
import type { Field } from '../manifest/fields.js';
import type { Manifest } from '../manifest/manifest-state.js';
import type { ManifestRow, Refusal } from '../manifest/rows.js';
import { arrayLiteral } from './array-literal.js';
import { executeLarge } from './execute-large.js';

/** Accepted rows that are stored column by column; `line` is unique in a list. */
const ROWS = `unnest(p.line, p.category, p.maker, p.model, p.serial, p.imei, p.asset_tag, p.quantity, p.manufactured_year, p.condition, p.declared_value, p.notes)
  as row(line, category, maker, model, serial, imei, asset_tag, quantity, year, condition, value, notes)`;
const FIELD_VALUES = `jsonb_build_object('category', row.category, 'maker', row.maker, 'model', row.model, 'serial', row.serial, 'imei', row.imei, 'assetTag', row.asset_tag,
  'quantity', row.quantity, 'manufacturedYear', row.year, 'condition', row.condition, 'declaredValue', row.value, 'notes', row.notes)`;

/** What is stored of an accepted row, in the order of the statement below. */
const STORED: readonly ((row: ManifestRow) => string | number | null)[] = [
  (r) => r.line, (r) => r.category, (r) => r.maker, (r) => r.model, (r) => r.serial, (r) => r.imei, (r) => r.assetTag, (r) => r.quantity, (r) => r.manufacturedYear,
  (r) => r.condition, (r) => r.declaredValue, (r) => r.notes,
];

export async function insertPart(tx: Tx, { id, reading, donorId }: Manifest, part: number, rows: readonly ManifestRow[]): Promise<void> {
  if (rows.length === 0) return;
  await executeLarge(
    tx,
    `insert into manifest_part (manifest_id, reading, part, donor_id, line, category, maker, model, serial, imei, asset_tag, quantity, manufactured_year, condition, declared_value, notes)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [id, reading, part, donorId, ...STORED.map((field) => arrayLiteral(rows.map(field)))],
  );
}

/** Longest text that is kept of a refused cell: one more than an accepted cell may have. */
const LONGEST_KEPT = 501;
const kept = (text: string): string => text.slice(0, LONGEST_KEPT).toWellFormed();

/** A row that was refused already, for another reason, stays so. Gives how many are new. */
export async function insertRefusals(tx: Tx, { id, reading, donorId }: Manifest, refused: readonly Refusal[]): Promise<number> {
  if (refused.length === 0) return 0;
  const rows = refused.map(({ line, column, value, code, cells }) => ({ line, header: column, value: kept(value), code, cells: cells.map(kept) }));
  return executeLarge(
    tx,
    `insert into manifest_refusal (manifest_id, reading, line, donor_id, header, value, code, cells)
     select $1, $2, line, $3, header, value, code, cells from jsonb_to_recordset($4) as r(line int, header text, value text, code text, cells jsonb)
     on conflict do nothing`,
    [id, reading, donorId, JSON.stringify(rows)],
  );
}

/** A stored row that turns out to be refused. */
export interface LateRow {
  readonly line: number;
  readonly values: Readonly<Record<Field, string | number | null>>;
}

/**
 * Rows whose serial (or IMEI, where there is no serial) stands above in the same list, of one slice of all serials. One sort and no
 * join: fresh parts have no statistics, and a plan that guesses wrong takes minutes for a million rows.
 * @param slices how many slices there are; one of 100,000 serials takes 0.2 s
 */
export async function repeatedRows(tx: Tx, { id, reading }: Manifest, slice: number, slices: number, limit: number): Promise<LateRow[]> {
  const found = await tx.query<{ part: number; line: number }>(
    `select part, line from (
       select p.part, s.line, row_number() over (partition by coalesce(s.serial, s.imei) order by s.line) as n
       from manifest_part p, unnest(p.serial, p.imei, p.line) as s(serial, imei, line)
       where p.manifest_id = $1 and p.reading = $2 and coalesce(s.serial, s.imei) is not null and ($4 = 1 or abs(hashtext(coalesce(s.serial, s.imei))::bigint) % $4 = $3)) k
     where n > 1 and not exists (select from manifest_refusal f where f.manifest_id = $1 and f.reading = $2 and f.line = k.line)
     limit $5`,
    [id, reading, slice, slices, limit],
  );
  if (found.length === 0) return [];
  return tx.query<LateRow>(
    `select row.line, ${FIELD_VALUES} as values from manifest_part p, ${ROWS}
     where p.manifest_id = $1 and p.reading = $2 and p.part = any($3::int[]) and row.line = any($4::int[])`,
    [id, reading, [...new Set(found.map((row) => row.part))], found.map((row) => row.line)],
  );
}

/** Rows of a stored part whose serial stands in an open lot of the donor already. The serials never leave the database. */
export async function rowsInLots(tx: Tx, { id, reading, donorId }: Manifest, part: number): Promise<LateRow[]> {
  // Planned each time: a plan that was kept while the lots were few would read every line, 30 s for a list of 100,000.
  const found = await tx.dynamic<{ serial: string }>(
    `select distinct l.serial from lot_line l join lot on lot.id = l.lot_id
     where l.serial = any((select serial from manifest_part where manifest_id = $1 and reading = $2 and part = $3)::text[])
       and l.donor_id = $4 and lot.state not in ('closed', 'declined', 'cancelled')`,
    [id, reading, part, donorId],
  );
  if (found.length === 0) return [];
  return tx.query<LateRow>(
    `select row.line, ${FIELD_VALUES} as values from manifest_part p, ${ROWS} where p.manifest_id = $1 and p.reading = $2 and p.part = $3 and row.serial = any($4::text[])`,
    [id, reading, part, arrayLiteral(found.map((row) => row.serial))],
  );
}

/** Refuses rows that were stored as accepted: they are listed, counted and no longer imported. */
export async function refuseLate(tx: Tx, manifest: Manifest, rows: readonly LateRow[], code: string): Promise<void> {
  const mapped = manifest.columns.filter((column) => column.field !== null);
  const headerOf = (field: Field): string | null => mapped.find((column) => column.field === field)?.header ?? null;
  const added = await insertRefusals(tx, manifest, rows.map(({ line, values }) => ({
    line, code, column: headerOf(values.serial === null ? 'imei' : 'serial'), value: String(values.serial ?? values.imei ?? ''),
    cells: mapped.map((column) => String(values[column.field!] ?? '')),
  })));
  // A row with a serial or IMEI is one device.
  await tx.execute('update manifest_reading set accepted = accepted - $3, refused = refused + $3, devices = devices - $3 where manifest_id = $1 and reading = $2', [
    manifest.id, manifest.reading, added,
  ]);
}

/** What the first ten rows would become. */
export async function keepSample(tx: Tx, { id, reading }: Manifest): Promise<void> {
  await tx.execute(
    `update manifest_reading set sample = coalesce((
       select jsonb_agg(s.row order by s.line) from (
         select row.line, jsonb_build_object('line', row.line) || ${FIELD_VALUES} as row from manifest_part p, ${ROWS}
         where p.manifest_id = $1 and p.reading = $2 and p.part = (select min(part) from manifest_part where manifest_id = $1 and reading = $2)
           and not exists (select from manifest_refusal f where f.manifest_id = $1 and f.reading = $2 and f.line = row.line)
         order by row.line limit 10) s), '[]')
     where manifest_id = $1 and reading = $2`,
    [id, reading],
  );
}

/** A part's rows become lines of the lot, after this position. The deletion is the guard: of two runs one moves the part. */
export async function movePart(tx: Tx, { id, reading, lotId }: Manifest, part: number, position: number): Promise<void> {
  await tx.execute(
    `with p as (delete from manifest_part where manifest_id = $1 and reading = $2 and part = $3 returning *)
     insert into lot_line (id, lot_id, donor_id, manifest_id, position, category, maker, model, serial, imei, asset_tag, quantity, manufactured_year, condition, declared_value, notes)
     select gen_random_uuid(), $4, p.donor_id, $1, $5 + row_number() over (order by row.line), row.category, row.maker, row.model, row.serial, row.imei, row.asset_tag, row.quantity,
       row.year, row.condition, row.value, row.notes
     from p, ${ROWS}
     where not exists (select from manifest_refusal f where f.manifest_id = $1 and f.reading = $2 and f.line = row.line)`,
    [id, reading, part, lotId, position],
  );
}
