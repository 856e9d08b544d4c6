import { type Category, DomainError, intake } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { enqueue } from '@lacollecte/messaging';
import { requireState } from '../domain/lot.js';
import { ImportManifest, ReadManifest } from '../jobs/definitions.js';
import type { Field } from '../manifest/fields.js';
import { advanceManifest, type Manifest } from '../manifest/manifest-state.js';
import { lockLot, type LotRow, sumsOf } from '../persistence/lot.repository.js';
import { beginReading, lockManifest, saveManifest } from '../persistence/manifest.repository.js';
import { requireSiteOf } from '../persistence/place.repository.js';

/** Most devices that a lot counts. */
export const MOST_DEVICES = 1_000_000;

interface Shown {
  readonly manifestId: string;
  readonly version: number;
}

/** Throws `stale-version`, `site-not-yours`. Lot before manifest, as everywhere. */
async function locked(tx: Tx, { manifestId, version }: Shown): Promise<{ lot: LotRow; manifest: Manifest }> {
  const lot = await lockLot(tx, manifestId, 'manifest');
  requireSiteOf(lot, tx.actor);
  const manifest = await lockManifest(tx, manifestId);
  if (manifest.version !== version) throw new DomainError('stale-version');
  return { lot, manifest };
}

/** Throws `lot-state` besides. */
async function decidable(tx: Tx, shown: Shown): Promise<Manifest> {
  const { lot, manifest } = await locked(tx, shown);
  requireState(lot, 'draft');
  return manifest;
}

/** The donor says what the columns hold, or the category of the whole file: it is read again from its start. */
export async function correctManifest(tx: Tx, input: Shown & { fields: readonly (Field | null)[] | null; category: Category | null }): Promise<void> {
  const manifest = await decidable(tx, input);
  const fields = input.fields && manifest.columns.map((_, i) => input.fields![i] ?? null);
  const named = fields?.filter((field) => field !== null) ?? [];
  if (new Set(named).size < named.length) throw new DomainError('validation', {}, [{ pointer: '/body/fields', code: 'field-twice' }]);
  const next = { ...advanceManifest(manifest, 'reading'), reading: manifest.reading + 1, fields, category: input.category, rows: 0, accepted: 0, refused: 0, devices: 0 };
  saveManifest(tx, next, intake.ManifestReadingStarted);
  await beginReading(tx, next);
  await enqueue(tx, ReadManifest, { manifestId: next.id, reading: next.reading });
}

/** Only now is anything of the file accepted. Throws `manifest-empty`, `manifest-too-many-devices`. */
export async function confirmManifest(tx: Tx, input: Shown & { submit: boolean }): Promise<void> {
  const manifest = await decidable(tx, input);
  const confirmed = { ...advanceManifest(manifest, 'confirmed'), submit: input.submit };
  if (manifest.accepted === 0) throw new DomainError('manifest-empty');
  const { declared } = await sumsOf(tx, { id: manifest.lotId, state: 'draft' });
  if (declared + manifest.devices > MOST_DEVICES) throw new DomainError('manifest-too-many-devices', { devices: MOST_DEVICES });
  saveManifest(tx, confirmed, intake.ManifestConfirmed);
  await enqueue(tx, ImportManifest, { manifestId: manifest.id });
}

/** Gives up a file before it is confirmed. */
export async function discardManifest(tx: Tx, shown: Shown): Promise<void> {
  const { manifest } = await locked(tx, shown);
  saveManifest(tx, advanceManifest(manifest, 'discarded'), intake.ManifestDiscarded);
}
