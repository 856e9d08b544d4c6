import { intake } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { Field } from '../manifest/fields.js';
import { advanceManifest, type Manifest } from '../manifest/manifest-state.js';
import { lockLot, saveLot } from '../persistence/lot.repository.js';
import { countsOf, loadManifest, lockManifest, saveManifest, serialsInLots } from '../persistence/manifest.repository.js';
import { insertRefusals } from './read-manifest-part.js';

/** The parts of a confirmed manifest that are not lines yet. */
export async function partsLeft(tx: Tx, manifestId: string): Promise<number[]> {
  const rows = await tx.query<{ part: number }>(
    `select p.part from manifest m join manifest_part p on p.manifest_id = m.id and p.reading = m.reading where m.id = $1 and m.state = 'confirmed' order by p.part`,
    [manifestId],
  );
  return rows.map((row) => row.part);
}

/** Nulls for what no line has; the deletion is the guard, so that of two runs one moves the part. */
const MOVE = `with moved as (delete from manifest_part where manifest_id = $1 and reading = $2 and part = $3 returning *)
  insert into lot_line (id, lot_id, donor_id, manifest_id, position, category, maker, model, serial, imei, asset_tag, quantity, manufactured_year, condition, declared_value, notes)
  select gen_random_uuid(), $4, moved.donor_id, $1, $5 + row.n, row.category, row.maker, row.model, row.serial, row.imei, row.asset_tag, row.quantity, row.year, row.condition,
    row.value, row.notes
  from moved, unnest(moved.category, moved.maker, moved.model, moved.serial, moved.imei, moved.asset_tag, moved.quantity, moved.manufactured_year, moved.condition,
    moved.declared_value, moved.notes) with ordinality as row(category, maker, model, serial, imei, asset_tag, quantity, year, condition, value, notes, n)
  where row.serial is null or not row.serial = any($6)`;

/**
 * One guarded step: a part's rows become lines. A serial that came into another open lot since the preview is refused now.
 * Gives false where there is nothing more to import: the lot is no draft any more.
 */
export async function importPart(tx: Tx, manifestId: string, part: number): Promise<boolean> {
  const manifest = await loadManifest(tx, manifestId);
  // Lists of one donor go in one after the other: between the look at its lots and the insert no other list may come.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [manifest.donorId]);
  const lot = await lockLot(tx, manifest.lotId);
  if (lot.state !== 'draft') return false;
  const held = await tx.one<{ serials: string[] }>(
    `select array_remove(serial, null) as serials from manifest_part where manifest_id = $1 and reading = $2 and part = $3 for update`,
    [manifestId, manifest.reading, part],
  );
  if (!held) return true;
  const late = [...(await serialsInLots(tx, manifest.donorId, held.serials))];
  if (late.length > 0) await refuseLate(tx, manifest, part, late);
  const last = await tx.one<{ position: number }>('select coalesce(max(position), 0) as position from lot_line where lot_id = $1', [lot.id]);
  await tx.execute(MOVE, [manifestId, manifest.reading, part, lot.id, last!.position, late]);
  return true;
}

interface LateRow {
  readonly line: number;
  readonly values: Readonly<Record<Field, string | number | null>>;
}

async function refuseLate(tx: Tx, manifest: Manifest, part: number, late: readonly string[]): Promise<void> {
  const rows = await tx.query<LateRow>(
    `select row.line, jsonb_build_object('category', row.category, 'maker', row.maker, 'model', row.model, 'serial', row.serial, 'imei', row.imei, 'assetTag', row.asset_tag,
       'quantity', row.quantity, 'manufacturedYear', row.year, 'condition', row.condition, 'declaredValue', row.value, 'notes', row.notes) as values
     from manifest_part p, unnest(p.line, p.category, p.maker, p.model, p.serial, p.imei, p.asset_tag, p.quantity, p.manufactured_year, p.condition, p.declared_value, p.notes)
       as row(line, category, maker, model, serial, imei, asset_tag, quantity, year, condition, value, notes)
     where p.manifest_id = $1 and p.reading = $2 and p.part = $3 and row.serial = any($4)`,
    [manifest.id, manifest.reading, part, late],
  );
  const mapped = manifest.columns.filter((column) => column.field !== null);
  const header = mapped.find((column) => column.field === 'serial')?.header ?? null;
  await insertRefusals(tx, manifest, rows.map(({ line, values }) => ({
    line, column: header, value: String(values.serial), code: 'serial-in-lot', cells: mapped.map((column) => String(values[column.field!] ?? '')),
  })));
  await tx.execute(
    'update manifest_reading set accepted = accepted - $3, refused = refused + $3, devices = devices - $3 where manifest_id = $1 and reading = $2',
    [manifest.id, manifest.reading, rows.length],
  );
}

/** Every part is lines: the lot has changed. */
export async function endImport(tx: Tx, manifestId: string): Promise<void> {
  const { lotId } = await loadManifest(tx, manifestId);
  const lot = await lockLot(tx, lotId);
  const manifest = await lockManifest(tx, manifestId);
  if (manifest.state !== 'confirmed') return;
  const counts = await countsOf(tx, manifest);
  if (lot.state !== 'draft') {
    const problem = { code: 'lot-state', params: { state: lot.state, wanted: 'draft' } };
    await saveManifest(tx, { ...advanceManifest(manifest, 'failed'), ...counts, problem }, intake.ManifestFailed);
    return;
  }
  await saveManifest(tx, { ...advanceManifest(manifest, 'imported'), ...counts }, intake.ManifestImported);
  await saveLot(tx, { ...lot, version: lot.version + 1 }, intake.LotChanged);
}

/** The lot of an imported list that its donor wants submitted, as it is now. */
export function lotToSubmit(tx: Tx, manifestId: string): Promise<{ lotId: string; version: number } | undefined> {
  return tx.one<{ lotId: string; version: number }>(
    `select lot.id as "lotId", lot.version from manifest m join lot on lot.id = m.lot_id where m.id = $1 and m.state = 'imported' and m.submit and lot.state = 'draft'`,
    [manifestId],
  );
}
