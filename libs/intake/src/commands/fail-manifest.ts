import { DomainError, intake } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { advanceManifest, type Manifest } from '../manifest/manifest-state.js';
import { lockLot, saveLot } from '../persistence/lot.repository.js';
import { countsOf, loadManifest, lockManifest, saveManifest } from '../persistence/manifest.repository.js';
import { failReading, type Reading } from './read-manifest-part.js';

/** Lines that one step takes back: half a second. */
const LINES = 20_000;

/** A defect of ours: the donor is told that it is not the file, and may send it again. */
export function giveUpReading(tx: Tx, reading: Reading): Promise<void> {
  return failReading(tx, reading, new DomainError('manifest-not-read'));
}

/**
 * One step of taking back what an import has made lines of a draft, so that the same list can be sent again: its serials would be refused,
 * its quantities counted twice. Gives whether there may be more.
 */
export async function takeLinesBack(tx: Tx, manifestId: string, most = LINES): Promise<boolean> {
  const { lotId, state } = await loadManifest(tx, manifestId);
  const lot = await lockLot(tx, lotId);
  if (lot.state !== 'draft' || state !== 'confirmed') return false;
  const gone = await tx.execute('delete from lot_line where id = any(array(select id from lot_line where lot_id = $1 and manifest_id = $2 limit $3))', [lotId, manifestId, most]);
  return gone === most;
}

/** A confirmed list that cannot be imported for a defect of ours has failed; a draft is as it was before it. */
export async function giveUpImport(tx: Tx, manifestId: string): Promise<void> {
  const lot = await lockLot(tx, manifestId, 'manifest');
  const manifest = await lockManifest(tx, manifestId);
  if (manifest.state !== 'confirmed') return;
  const draft = lot.state === 'draft';
  // A run that overlapped may have gone on meanwhile; from here on it finds the list failed.
  if (draft) while (await takeLinesBack(tx, manifestId));
  const problem: Manifest['problem'] = draft ? { code: 'manifest-not-imported', params: {} } : { code: 'lot-state', params: { state: lot.state, wanted: 'draft' } };
  saveManifest(tx, { ...advanceManifest(manifest, 'failed'), ...(await countsOf(tx, manifest)), problem }, intake.ManifestFailed);
  if (draft) await saveLot(tx, { ...lot, version: lot.version + 1 }, intake.LotChanged);
}
