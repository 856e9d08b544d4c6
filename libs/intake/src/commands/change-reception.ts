import { DomainError, intake } from '@lacollecte/contracts';
import { orStale, type Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { v7 } from 'uuid';
import { advance, requireState } from '../domain/lot.js';
import * as tell from '../domain/notification.js';
import { lockLot, saveLot } from '../persistence/lot.repository.js';
import { notify } from '../persistence/notification.repository.js';
import { openSite, requireSite } from '../persistence/place.repository.js';
import { holdingReception, loadReception, lockingReception, type ReceptionRow } from '../persistence/reception.repository.js';
import { endTasks, inventoryDueFrom } from '../persistence/lot.deadlines.js';
import { closeIfDone, reopenIfClosed } from './settle-device.js';

/**
 * One session at one site; a lot may have many, over days. The first makes the lot `receiving`; one for what was found later
 * opens a closed lot again.
 */
export async function openReception(tx: Tx, { lotId, siteId, packages }: { lotId: string; siteId: string; packages: readonly string[] }): Promise<string> {
  const lot = await lockLot(tx, lotId);
  await openSite(tx, siteId);
  requireSite(tx.actor, siteId);
  requireState(lot, 'accepted', 'receiving', 'received', 'closed');
  const id = v7();
  await tx.execute(`insert into reception (id, version, state, lot_id, donor_id, site_id, opened_by) values ($1, 1, 'open', $2, $3, $4, $5)`, [
    id, lotId, lot.donorId, siteId, tx.actor.subject,
  ]);
  await tx.execute(`insert into reception_package (reception_id, name, ticked) select distinct $1::uuid, name, false from unnest($2::text[]) as name`, [id, packages]);
  append(tx, intake.ReceptionOpened, { key: id, version: 1 }, { receptionId: id, lotId, siteId, state: 'open' });
  await reopenIfClosed(tx, lot);
  if (lot.state !== 'accepted') return id;
  // What the donor brings is collected when it is here.
  const first = await inventoryDueFrom(tx, lotId);
  const receiving = advance(lot, 'receiving');
  await saveLot(tx, receiving, intake.LotReceptionStarted);
  if (first !== null) await notify(tx, receiving, tell.collected(lot, first));
  return id;
}

/** At the dock the packages are ticked first; one that nobody announced is added. */
export async function tickPackages(tx: Tx, { receptionId, names }: { receptionId: string; names: readonly string[] }): Promise<void> {
  const reception = await openSession(tx, receptionId);
  await tx.execute(
    `insert into reception_package (reception_id, name, ticked) select distinct $1::uuid, name, true from unnest($2::text[]) as name order by name
     on conflict (reception_id, name) do update set ticked = true`,
    [reception.id, names],
  );
}

const CLOSE = orStale(`with changed as (update reception set state = 'closed', version = version + 1, closed_at = $3, signed_by = $4 where id = $1 and version = $2 returning id)`);

/** Declares nothing missing: that is for the end of the lot's reception. Waits for scans under way; none comes after it. */
export async function closeReception(tx: Tx, { receptionId, version, signedBy }: { receptionId: string; version: number; signedBy: string | null }): Promise<void> {
  const reception = requireOpen(tx, await loadReception(tx, lockingReception(receptionId)));
  if (reception.version !== version) throw new DomainError('stale-version');
  const { lotId, siteId } = reception;
  tx.change(CLOSE, [receptionId, version, tx.now, signedBy]);
  append(tx, intake.ReceptionClosed, { key: receptionId, version: version + 1 }, { receptionId, lotId, siteId, state: 'closed' });
  await lockLot(tx, lotId);
  await closeIfDone(tx, lotId);
}

/** What has not come by now is missing; a device found later turns missing into received. */
export async function endReception(tx: Tx, { lotId, version }: { lotId: string; version: number }): Promise<void> {
  const lot = await lockLot(tx, lotId);
  if (lot.version !== version) throw new DomainError('stale-version');
  requireSite(tx.actor, lot.siteId ?? '');
  const received = advance(lot, 'received');
  if (await tx.one(`select 1 from reception where lot_id = $1 and state = 'open'`, [lotId])) throw new DomainError('reception-open');
  await tx.execute('update lot set received_at = $2, inventory_due_at = null where id = $1', [lotId, tx.now]);
  await endTasks(tx, lotId, 'inventory-overdue');
  await notify(tx, received, tell.received(lot, await saveLot(tx, received, intake.LotReceived)));
  // Every device of it may have found its end already.
  await closeIfDone(tx, lotId);
}

/** Throws `reception-closed`, `site-not-yours`, `not-found`. */
export async function openSession(tx: Tx, receptionId: string): Promise<ReceptionRow> {
  return requireOpen(tx, await loadReception(tx, holdingReception(receptionId)));
}

function requireOpen(tx: Tx, reception: ReceptionRow): ReceptionRow {
  requireSite(tx.actor, reception.siteId);
  if (reception.state !== 'open') throw new DomainError('reception-closed');
  return reception;
}
