import type { Readable } from 'node:stream';
import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { enqueue } from '@lacollecte/messaging';
import type { UnitOfWork } from '@lacollecte/runtime';
import { v7 } from 'uuid';
import { requireState } from '../domain/lot.js';
import { ReadManifest } from '../jobs/definitions.js';
import { formatOf } from '../manifest/format.js';
import type { Manifest } from '../manifest/manifest-state.js';
import { loadLot, lockingLot, lockLot, type LotRow } from '../persistence/lot.repository.js';
import { CHUNK_BYTES, deleteChunks, insertChunk, insertManifest } from '../persistence/manifest.repository.js';
import { requireSiteOf } from '../persistence/place.repository.js';

const MEGABYTE = 1_048_576;
const MOST_MEGABYTES = 200;

export interface Upload {
  readonly lotId: string;
  readonly filename: string;
  readonly file: Readable;
}

/**
 * Takes a donor's file: its chunks are stored as they come, each in a short transaction beside the command's own, which then
 * makes them a manifest. What an aborted upload leaves is removed by a sweep. Gives the manifest's id to `shown`.
 * @throws `lot-state`, `manifest-pending`, `manifest-too-large`, `manifest-format-unsupported`
 */
export async function uploadManifest<T>(uow: UnitOfWork, { lotId, filename, file }: Upload, show: (tx: Tx, manifestId: string) => Promise<T>): Promise<T> {
  const id = v7();
  try {
    const lot = await uow.aside(async (tx) => openLot(tx, await loadLot(tx, lotId)));
    const bytes = await store(file, (n, chunk) => uow.aside((tx) => insertChunk(tx, id, n, lot.donorId, chunk)));
    return await uow.run(async (tx) => {
      await registerManifest(tx, { id, lotId, filename, bytes });
      return show(tx, id);
    }, lockingLot(lotId));
  } catch (error) {
    // Refused, aborted or answered before: the client may still be sending, and reads our answer only after that.
    file.resume();
    await uow.aside((tx) => deleteChunks(tx, id)).catch(() => undefined);
    throw error;
  }
}

/** Makes stored chunks a manifest of the lot, and has it read. */
export async function registerManifest(tx: Tx, { id, lotId, filename, bytes }: { id: string; lotId: string; filename: string; bytes: number }): Promise<void> {
  const lot = await openLot(tx, await lockLot(tx, lotId));
  const manifest: Manifest = {
    id, lotId, bytes, version: 1, state: 'uploaded', donorId: lot.donorId, reading: 1, columns: [], fields: null, category: null, rows: 0, accepted: 0, refused: 0, devices: 0,
    submit: false, problem: null,
  };
  await insertManifest(tx, manifest, filename);
  await enqueue(tx, ReadManifest, { manifestId: id, reading: 1 });
}

/** Throws `lot-state` where its lines are settled, `manifest-pending` where another list of the lot waits, `site-not-yours`. */
async function openLot(tx: Tx, lot: LotRow): Promise<LotRow> {
  requireSiteOf(lot, tx.actor);
  requireState(lot, 'draft');
  const pending = await tx.one(`select 1 from manifest where lot_id = $1 and state in ('uploaded', 'reading', 'previewed', 'confirmed')`, [lot.id]);
  if (pending) throw new DomainError('manifest-pending');
  return lot;
}

/** Cuts the stream into chunks of one size; gives how many bytes it had. The first chunk tells a format that we do not read. */
async function store(file: Readable, write: (n: number, chunk: Buffer) => Promise<void>): Promise<number> {
  // One buffer for all chunks: garbage of this size would pile up to several times the file before it is collected.
  const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let [held, total, n] = [0, 0, 0];
  const flush = async (): Promise<void> => {
    if (n === 0) formatOf(chunk.subarray(0, held));
    await write(n++, chunk.subarray(0, held));
    held = 0;
  };
  for await (const part of file.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    total += part.length;
    if (total > MOST_MEGABYTES * MEGABYTE) throw new DomainError('manifest-too-large', { megabytes: MOST_MEGABYTES });
    for (let at = 0; at < part.length; ) {
      const taken = part.copy(chunk, held, at);
      held += taken;
      at += taken;
      if (held === CHUNK_BYTES) await flush();
    }
  }
  if (held > 0) await flush();
  return total;
}
