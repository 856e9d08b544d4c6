import { intake } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { advanceManifest } from '../manifest/manifest-state.js';
import { lockLot, saveLot } from '../persistence/lot.repository.js';
import { movePart, refuseLate, rowsInLots } from '../persistence/manifest-part.repository.js';
import { countsOf, loadManifest, lockManifest, saveManifest } from '../persistence/manifest.repository.js';

/** The parts of a confirmed manifest that are not lines yet. */
export async function partsLeft(tx: Tx, manifestId: string): Promise<number[]> {
  const rows = await tx.query<{ part: number }>(
    `select p.part from manifest m join manifest_part p on p.manifest_id = m.id and p.reading = m.reading where m.id = $1 and m.state = 'confirmed' order by p.part`,
    [manifestId],
  );
  return rows.map((row) => row.part);
}

/**
 * One guarded step: a part's rows become lines. A serial that came into another open lot since the preview is refused now.
 * Gives false where there is nothing more to import: the lot is no draft any more, or the list was given up.
 */
export async function importPart(tx: Tx, manifestId: string, part: number): Promise<boolean> {
  const manifest = await loadManifest(tx, manifestId);
  // Lists of one donor go in one after the other: between the look at its lots and the insert no other list may come.
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7))', [manifest.donorId]);
  const lot = await lockLot(tx, manifest.lotId);
  if (lot.state !== 'draft' || (await loadManifest(tx, manifestId)).state !== 'confirmed') return false;
  const held = await tx.one('select 1 from manifest_part where manifest_id = $1 and reading = $2 and part = $3 for update', [manifestId, manifest.reading, part]);
  if (!held) return true;
  const late = await rowsInLots(tx, manifest, part);
  if (late.length > 0) await refuseLate(tx, manifest, late, 'serial-in-lot');
  const last = await tx.one<{ position: number }>('select coalesce(max(position), 0) as position from lot_line where lot_id = $1', [lot.id]);
  await movePart(tx, manifest, part, last!.position);
  return true;
}

/** Every part is lines: the lot has changed. */
export async function endImport(tx: Tx, manifestId: string): Promise<void> {
  const lot = await lockLot(tx, manifestId, 'manifest');
  const manifest = await lockManifest(tx, manifestId);
  if (manifest.state !== 'confirmed') return;
  const counts = await countsOf(tx, manifest);
  if (lot.state !== 'draft') {
    const problem = { code: 'lot-state', params: { state: lot.state, wanted: 'draft' } };
    saveManifest(tx, { ...advanceManifest(manifest, 'failed'), ...counts, problem }, intake.ManifestFailed);
    return;
  }
  saveManifest(tx, { ...advanceManifest(manifest, 'imported'), ...counts }, intake.ManifestImported);
  await saveLot(tx, { ...lot, version: lot.version + 1 }, intake.LotChanged);
}

/** The lot of an imported list that its donor wants submitted, as it is now. */
export function lotToSubmit(tx: Tx, manifestId: string): Promise<{ lotId: string; version: number } | undefined> {
  return tx.one<{ lotId: string; version: number }>(
    `select lot.id as "lotId", lot.version from manifest m join lot on lot.id = m.lot_id where m.id = $1 and m.state = 'imported' and m.submit and lot.state = 'draft'`,
    [manifestId],
  );
}
