import { DomainError, intake } from '@lacollecte/contracts';
import { orStale, type Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import type { Counts, Manifest } from '../manifest/manifest-state.js';
import type { ByteSource } from '../manifest/source.js';

const COLUMNS = `id, version, state, lot_id as "lotId", donor_id as "donorId", bytes, reading, columns, fields, category, rows, accepted, refused, devices, submit, problem`;

/** Throws `not-found`. */
export async function loadManifest(tx: Tx, id: string): Promise<Manifest> {
  const manifest = await tx.one<Manifest>(`select ${COLUMNS} from manifest where id = $1`, [id]);
  if (!manifest) throw new DomainError('not-found');
  return manifest;
}

/** Locked: what is decided on it can't change underneath. Throws `not-found`. */
export async function lockManifest(tx: Tx, id: string): Promise<Manifest> {
  const manifest = await tx.one<Manifest>(`select ${COLUMNS} from manifest where id = $1 for update`, [id]);
  if (!manifest) throw new DomainError('not-found');
  return manifest;
}

type ManifestEvent = typeof intake.ManifestUploaded;

/** A new manifest and the row of its first reading. */
export async function insertManifest(tx: Tx, manifest: Manifest, filename: string): Promise<void> {
  const { id, lotId, donorId, bytes } = manifest;
  await tx.execute(
    `insert into manifest (id, version, state, lot_id, donor_id, filename, bytes, created_by) values ($1, 1, 'uploaded', $2, $3, $4, $5, $6)`,
    [id, lotId, donorId, filename, bytes, tx.actor.subject],
  );
  await beginReading(tx, manifest);
  announce(tx, manifest, intake.ManifestUploaded);
}

export async function beginReading(tx: Tx, { id, reading, donorId }: Manifest): Promise<void> {
  await tx.execute('insert into manifest_reading (manifest_id, reading, donor_id) values ($1, $2, $3)', [id, reading, donorId]);
}

const SAVE = orStale(`with changed as (
  update manifest set version = version + 1, state = $3, reading = $4, columns = $5, fields = $6, category = $7, rows = $8, accepted = $9, refused = $10, devices = $11,
    submit = $12, problem = $13, decided_at = case when $14 then $15 else decided_at end
  where id = $1 and version = $2 returning id)`);

/** Writes the manifest's next version (`manifest.version` is already the next one) and announces it. Where it is not, the transaction fails with `stale-version`. */
export function saveManifest(tx: Tx, manifest: Manifest, event: ManifestEvent): void {
  const { id, version, state, reading, columns, fields, category, rows, accepted, refused, devices, submit, problem } = manifest;
  const decided = state === 'confirmed' || state === 'discarded' || state === 'failed';
  tx.change(SAVE, [
    id, version - 1, state, reading, JSON.stringify(columns), fields && JSON.stringify(fields), category, rows, accepted, refused, devices, submit,
    problem && JSON.stringify(problem), decided, tx.now,
  ]);
  announce(tx, manifest, event);
}

function announce(tx: Tx, manifest: Manifest, event: ManifestEvent): void {
  const { id, version, lotId, donorId, state, rows, accepted, refused, devices } = manifest;
  append(tx, event, { key: id, version }, { manifestId: id, lotId, donorId, state, rows, accepted, refused, devices });
}

/** What a reading has come to so far. */
export async function countsOf(tx: Tx, { id, reading }: Manifest): Promise<Counts> {
  const counts = await tx.one<Counts>('select rows, accepted, refused, devices from manifest_reading where manifest_id = $1 and reading = $2', [id, reading]);
  if (!counts) throw new DomainError('not-found');
  return counts;
}

/** Files are stored in chunks of this size, the last one smaller. */
export const CHUNK_BYTES = 262_144;

export async function insertChunk(tx: Tx, manifestId: string, n: number, donorId: string, bytes: Uint8Array): Promise<void> {
  await tx.execute('insert into manifest_chunk (manifest_id, n, donor_id, bytes) values ($1, $2, $3, $4)', [manifestId, n, donorId, bytes]);
}

export async function deleteChunks(tx: Tx, manifestId: string): Promise<void> {
  await tx.execute('delete from manifest_chunk where manifest_id = $1', [manifestId]);
}

/** The stored file of a manifest; each piece is read in a short transaction of its own. */
export function storedFile({ id, bytes }: Manifest, step: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>): ByteSource {
  const piece = async (at: number, length: number): Promise<Buffer> => {
    const n = Math.floor(at / CHUNK_BYTES);
    const rows = await step((tx) =>
      tx.query<{ bytes: Buffer }>('select substring(bytes from $3 for $4) as bytes from manifest_chunk where manifest_id = $1 and n = $2', [id, n, at - n * CHUNK_BYTES + 1, length]),
    );
    // Taken out of the answer, which the driver's query keeps for long after it (see `executeLarge`).
    const row = rows.pop();
    if (!row || row.bytes.length === 0) throw new Error(`chunk ${n} of manifest ${id} is not there`);
    return row.bytes;
  };
  return {
    size: bytes,
    async read(offset, length) {
      const found: Buffer[] = [];
      const end = Math.min(offset + length, bytes);
      for (let at = offset; at < end; at += found.at(-1)!.length) found.push(await piece(at, end - at));
      return found.length === 1 ? found[0]! : Buffer.concat(found);
    },
  };
}
