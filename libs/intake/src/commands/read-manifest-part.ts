import { DomainError, intake } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { Column } from '../manifest/fields.js';
import { advanceManifest, type Manifest } from '../manifest/manifest-state.js';
import type { Part } from '../manifest/read-manifest.js';
import { insertPart, insertRefusals, keepSample, refuseLate, repeatedRows, rowsInLots } from '../persistence/manifest-part.repository.js';
import { countsOf, lockManifest, saveManifest } from '../persistence/manifest.repository.js';
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
  saveManifest(tx, started, intake.ManifestReadingStarted);
  return { manifest: started, ...progress };
}

/**
 * One guarded step: the part's accepted and refused rows and how far the reading is. Gives how many parts are stored now;
 * undefined where the reading is no longer wanted.
 * @param bytesRead of the file, until this part's last row and a little beyond
 */
export async function storePart(tx: Tx, manifest: Manifest, part: Part, bytesRead: number): Promise<number | undefined> {
  const { id, reading } = manifest;
  const progress = await tx.one<{ nextPart: number }>(
    `select r.next_part as "nextPart" from manifest_reading r join manifest m on m.id = r.manifest_id and m.reading = r.reading
     where r.manifest_id = $1 and r.reading = $2 and m.state = 'reading' for update of r`,
    [id, reading],
  );
  if (!progress || progress.nextPart !== part.number) return progress?.nextPart;
  await insertPart(tx, manifest, part.number, part.accepted);
  await insertRefusals(tx, manifest, part.refused);
  await tx.execute(
    `update manifest_reading set next_part = next_part + 1, rows = rows + $3::int + $4::int, accepted = accepted + $3, refused = refused + $4, devices = least(devices::bigint + $5, $6),
       bytes_read = greatest(bytes_read, $7)
     where manifest_id = $1 and reading = $2`,
    [id, reading, part.accepted.length, part.refused.length, part.accepted.reduce((sum, row) => sum + row.quantity, 0), BEYOND_COUNTING, bytesRead],
  );
  const elsewhere = await rowsInLots(tx, manifest, part.number);
  if (elsewhere.length > 0) await refuseLate(tx, manifest, elsewhere, 'serial-in-lot');
  return part.number + 1;
}

/** More devices than any lot has, and still a number that the column takes. */
const BEYOND_COUNTING = 2_000_000_000;
/** Serials that are compared, and rows that are refused for them, in one step. */
const SLICE = 100_000;
const REFUSED_AT_ONCE = 20_000;

/** How many slices the serials of a list are compared in. */
export async function slicesOf(tx: Tx, manifest: Manifest): Promise<number> {
  return Math.max(1, Math.ceil((await countsOf(tx, manifest)).accepted / SLICE));
}

/** One step of comparing: a serial that stands in the list more than once is refused after its first row. Gives whether there may be more. */
export async function refuseRepeated(tx: Tx, manifest: Manifest, slice: number, slices: number): Promise<boolean> {
  const { state, reading } = await lockManifest(tx, manifest.id);
  if (state !== 'reading' || reading !== manifest.reading) return false;
  const rows = await repeatedRows(tx, manifest, slice, slices, REFUSED_AT_ONCE);
  if (rows.length > 0) await refuseLate(tx, manifest, rows, 'serial-twice');
  return rows.length === REFUSED_AT_ONCE;
}

/** Everything is stored and compared: the donor may look. A list of more devices than a lot counts has failed. */
export async function endReading(tx: Tx, { manifestId, reading }: Reading, columns: readonly Column[]): Promise<void> {
  const manifest = await lockManifest(tx, manifestId);
  if (manifest.state !== 'reading' || manifest.reading !== reading) return;
  const counts = await countsOf(tx, manifest);
  if (counts.devices > MOST_DEVICES) return failReading(tx, { manifestId, reading }, new DomainError('manifest-too-many-devices', { devices: MOST_DEVICES }));
  await keepSample(tx, manifest);
  saveManifest(tx, { ...advanceManifest(manifest, 'previewed'), ...counts, columns }, intake.ManifestPreviewed);
}

/** The file can't be read: the donor is told why, and sends another. */
export async function failReading(tx: Tx, { manifestId, reading }: Reading, { code, params }: DomainError): Promise<void> {
  const manifest = await lockManifest(tx, manifestId);
  if (manifest.reading !== reading || (manifest.state !== 'uploaded' && manifest.state !== 'reading')) return;
  saveManifest(tx, { ...advanceManifest(manifest, 'failed'), rows: 0, accepted: 0, refused: 0, devices: 0, problem: { code, params } }, intake.ManifestFailed);
}
