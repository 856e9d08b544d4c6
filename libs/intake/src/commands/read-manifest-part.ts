import { DomainError, intake } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { Column } from '../manifest/fields.js';
import { advanceManifest, type Manifest } from '../manifest/manifest-state.js';
import type { Part } from '../manifest/read-manifest.js';
import type { ManifestRow, Refusal, RowReader } from '../manifest/rows.js';
import { arrayLiteral } from '../persistence/array-literal.js';
import { countsOf, lockManifest, saveManifest, serialsInLots } from '../persistence/manifest.repository.js';
import { MOST_DEVICES } from './decide-manifest.js';

export interface Reading {
  readonly manifestId: string;
  readonly reading: number;
}

/** Begins or goes on with a reading; undefined where it is no longer wanted (given up, corrected, or done by another run). */
export async function startReading(tx: Tx, { manifestId, reading }: Reading): Promise<{ manifest: Manifest; nextPart: number } | undefined> {
  const manifest = await lockManifest(tx, manifestId);
  if (manifest.reading !== reading || (manifest.state !== 'uploaded' && manifest.state !== 'reading')) return undefined;
  const progress = await tx.one<{ nextPart: number }>('select next_part as "nextPart" from manifest_reading where manifest_id = $1 and reading = $2', [manifestId, reading]);
  if (!progress) return undefined;
  if (manifest.state === 'reading') return { manifest, ...progress };
  const started = advanceManifest(manifest, 'reading');
  await saveManifest(tx, started, intake.ManifestReadingStarted);
  return { manifest: started, ...progress };
}

/**
 * One guarded step: the part's accepted and refused rows and how far the reading is. Gives how many parts are stored now;
 * undefined where the reading is no longer wanted. A serial that was there before is refused: the first row stands.
 */
export async function storePart(tx: Tx, manifest: Manifest, part: Part, rows: RowReader): Promise<number | undefined> {
  const { id, reading, donorId } = manifest;
  const progress = await tx.one<{ nextPart: number }>(
    `select r.next_part as "nextPart" from manifest_reading r join manifest m on m.id = r.manifest_id and m.reading = r.reading
     where r.manifest_id = $1 and r.reading = $2 and m.state = 'reading' for update of r`,
    [id, reading],
  );
  if (!progress || progress.nextPart !== part.number) return progress?.nextPart;
  const { accepted, refused } = await judgeSerials(tx, manifest, part, rows);
  if (refused.length > 0) await insertRefusals(tx, manifest, refused);
  if (accepted.length > 0) await insertPart(tx, manifest, part.number, accepted);
  const devices = accepted.reduce((sum, row) => sum + row.quantity, 0);
  await tx.execute(
    `update manifest_reading set next_part = next_part + 1, rows = rows + $3::int + $4::int, accepted = accepted + $3, refused = refused + $4, devices = least(devices::bigint + $5, $6)
     where manifest_id = $1 and reading = $2 and donor_id = $7`,
    [id, reading, accepted.length, refused.length, devices, 2_000_000_000, donorId],
  );
  return part.number + 1;
}

async function judgeSerials(tx: Tx, { id, reading, donorId }: Manifest, part: Part, rows: RowReader): Promise<{ accepted: ManifestRow[]; refused: Refusal[] }> {
  const keys = part.accepted.flatMap((row) => keyOf(row) ?? []);
  const fresh = new Set<string>();
  if (keys.length > 0) {
    const inserted = await tx.query<{ serial: string }>(
      `insert into manifest_serial (manifest_id, reading, serial, donor_id) select $1, $2, serial, $4 from unnest($3::text[]) as s(serial)
       on conflict do nothing returning serial`,
      [id, reading, arrayLiteral(keys), donorId],
    );
    for (const { serial } of inserted) fresh.add(serial);
  }
  const elsewhere = await serialsInLots(tx, donorId, part.accepted.flatMap((row) => row.serial ?? []));
  const accepted: ManifestRow[] = [];
  const refused = [...part.refused];
  for (const row of part.accepted) {
    const key = keyOf(row);
    if (key !== null && !fresh.delete(key)) refused.push(rows.refuseSerial(row, 'serial-twice'));
    else if (row.serial !== null && elsewhere.has(row.serial)) refused.push(rows.refuseSerial(row, 'serial-in-lot'));
    else accepted.push(row);
  }
  return { accepted, refused };
}

/** What may stand in a list once: the serial, else the IMEI. */
function keyOf(row: ManifestRow): string | null {
  return row.serial ?? row.imei;
}

/** Longest text that is kept of a refused cell: one more than an accepted cell may have. */
const LONGEST_KEPT = 501;
const kept = (text: string): string => text.slice(0, LONGEST_KEPT).toWellFormed();

export async function insertRefusals(tx: Tx, { id, reading, donorId }: Manifest, refused: readonly Refusal[]): Promise<void> {
  const rows = refused.map(({ line, column, value, code, cells }) => ({ line, header: column, value: kept(value), code, cells: cells.map(kept) }));
  await tx.execute(
    `insert into manifest_refusal (manifest_id, reading, line, donor_id, header, value, code, cells)
     select $1, $2, line, $3, header, value, code, cells from jsonb_to_recordset($4) as r(line int, header text, value text, code text, cells jsonb)`,
    [id, reading, donorId, JSON.stringify(rows)],
  );
}

/** What is stored of an accepted row, in the order of the statement below. */
const STORED: readonly ((row: ManifestRow) => string | number | null)[] = [
  (r) => r.line, (r) => r.category, (r) => r.maker, (r) => r.model, (r) => r.serial, (r) => r.imei, (r) => r.assetTag, (r) => r.quantity, (r) => r.manufacturedYear,
  (r) => r.condition, (r) => r.declaredValue, (r) => r.notes,
];

async function insertPart(tx: Tx, { id, reading, donorId }: Manifest, part: number, rows: readonly ManifestRow[]): Promise<void> {
  await tx.execute(
    `insert into manifest_part (manifest_id, reading, part, donor_id, line, category, maker, model, serial, imei, asset_tag, quantity, manufactured_year, condition, declared_value, notes)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
    [
      id, reading, part, donorId,
      ...STORED.map((field) => arrayLiteral(rows.map(field))),
    ],
  );
}

/** All parts are stored: the donor may look. A list of more devices than a lot counts has failed. */
export async function endReading(tx: Tx, { manifestId, reading }: Reading, columns: readonly Column[]): Promise<void> {
  const manifest = await lockManifest(tx, manifestId);
  if (manifest.state !== 'reading' || manifest.reading !== reading) return;
  const counts = await countsOf(tx, manifest);
  if (counts.devices > MOST_DEVICES) return failReading(tx, { manifestId, reading }, new DomainError('manifest-too-many-devices', { devices: MOST_DEVICES }));
  await tx.execute(
    `update manifest_reading set sample = coalesce((
       select jsonb_agg(to_jsonb(s) order by s.line) from (
         select u.* from manifest_part p, unnest(p.line, p.category, p.maker, p.model, p.serial, p.imei, p.asset_tag, p.quantity, p.manufactured_year, p.condition, p.declared_value, p.notes)
           as u(line, category, maker, model, serial, imei, "assetTag", quantity, "manufacturedYear", condition, "declaredValue", notes)
         where p.manifest_id = $1 and p.reading = $2 and p.part = (select min(part) from manifest_part where manifest_id = $1 and reading = $2)
         order by u.line limit 10) s), '[]')
     where manifest_id = $1 and reading = $2`,
    [manifestId, reading],
  );
  await saveManifest(tx, { ...advanceManifest(manifest, 'previewed'), ...counts, columns }, intake.ManifestPreviewed);
}

/** The file can't be read: the donor is told why, and sends another. */
export async function failReading(tx: Tx, { manifestId, reading }: Reading, { code, params }: DomainError): Promise<void> {
  const manifest = await lockManifest(tx, manifestId);
  if (manifest.reading !== reading || (manifest.state !== 'uploaded' && manifest.state !== 'reading')) return;
  await saveManifest(tx, { ...advanceManifest(manifest, 'failed'), rows: 0, accepted: 0, refused: 0, devices: 0, problem: { code, params } }, intake.ManifestFailed);
}
