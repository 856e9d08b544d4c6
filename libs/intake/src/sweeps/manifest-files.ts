import type { Tx } from '@lacollecte/database';
import { type Sweep, settingsOf } from '@lacollecte/runtime';
import { discardManifest } from '../commands/decide-manifest.js';
import { settings } from '../settings.js';

/** Most rows deleted in one transaction: half a second. */
const ROWS = 20_000;
/** Most chunks of half a megabyte. */
const CHUNKS = 100;

/** Parts are needed as long as their reading may be imported. */
const SPENT = `from manifest m where m.id = t.manifest_id and (m.reading <> t.reading or m.state in ('imported', 'discarded', 'failed'))`;
const OVER = `m.state in ('imported', 'discarded', 'failed') and m.decided_at < $1`;

/**
 * What is kept of donors' files goes: what was needed only to import them, once they are imported or given up; the file with its
 * refused rows some days later; what an aborted upload left, after one. A list of a lot that was cancelled is given up.
 */
export const removeManifestFiles: Sweep = {
  name: 'remove-manifest-files',
  everySeconds: 60,
  async run(tx: Tx): Promise<number> {
    const { manifestDays } = await settingsOf(tx, settings);
    const before = new Date(tx.now.getTime() - manifestDays * 86_400_000);
    return (await giveUp(tx)) + (await removeSpent(tx)) + (await removeOrphans(tx)) + (await removeFiles(tx, before));
  },
};

async function giveUp(tx: Tx): Promise<number> {
  const left = await tx.query<{ id: string; version: number }>(
    `select m.id, m.version from manifest m join lot on lot.id = m.lot_id
     where m.state in ('uploaded', 'reading', 'previewed') and lot.state <> 'draft' order by m.id limit 50 for update of m`,
  );
  for (const { id, version } of left) await discardManifest(tx, { manifestId: id, version });
  return left.length;
}

async function removeSpent(tx: Tx): Promise<number> {
  return (
    (await tx.execute(`delete from manifest_part where ctid = any(array(select t.ctid from manifest_part t where exists (select ${SPENT}) limit $1))`, [CHUNKS])) +
    (await tx.execute(
      `delete from manifest_refusal where ctid = any(array(select t.ctid from manifest_refusal t where exists (select from manifest m where m.id = t.manifest_id and m.reading <> t.reading) limit $1))`,
      [ROWS],
    ))
  );
}

function removeOrphans(tx: Tx): Promise<number> {
  return tx.execute(
    `delete from manifest_chunk where ctid = any(array(
       select c.ctid from manifest_chunk c where c.created_at < $1::timestamptz - interval '1 day' and not exists (select from manifest m where m.id = c.manifest_id) limit $2))`,
    [tx.now, CHUNKS],
  );
}

/** A reading's row goes last: as long as it is there, something of the file may be. */
async function removeFiles(tx: Tx, before: Date): Promise<number> {
  const removed =
    (await tx.execute(
      `delete from manifest_chunk where ctid = any(array(select c.ctid from manifest m join manifest_chunk c on c.manifest_id = m.id where ${OVER} limit $2))`,
      [before, CHUNKS],
    )) +
    (await tx.execute(
      `delete from manifest_refusal where ctid = any(array(select f.ctid from manifest m join manifest_refusal f on f.manifest_id = m.id where ${OVER} limit $2))`,
      [before, ROWS],
    ));
  if (removed > 0) return removed;
  return tx.execute(`delete from manifest_reading r using manifest m where m.id = r.manifest_id and ${OVER}`, [before]);
}
