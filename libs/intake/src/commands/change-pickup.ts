import { DomainError, intake } from '@lacollecte/contracts';
import { orStale, type Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { v7 } from 'uuid';
import { requireState } from '../domain/lot.js';
import * as tell from '../domain/notification.js';
import { inventoryDueFrom } from '../persistence/lot.deadlines.js';
import { lockLot, saveLot } from '../persistence/lot.repository.js';
import { notify } from '../persistence/notification.repository.js';
import { openSite, requireSite } from '../persistence/place.repository.js';

export interface SchedulePickup {
  readonly lotId: string;
  readonly siteId: string;
  /** `2026-11-30`, in Europe/Paris. */
  readonly plannedOn: string;
  readonly pallets: number;
  readonly boxes: number;
  readonly seals: readonly string[];
}

/** A lot has any number of pick-ups, which may go to different sites. */
export async function schedulePickup(tx: Tx, input: SchedulePickup): Promise<string> {
  const lot = await lockLot(tx, input.lotId);
  requireState(lot, 'accepted', 'receiving');
  await openSite(tx, input.siteId);
  const id = v7();
  await tx.execute(
    `insert into pickup (id, version, state, lot_id, donor_id, site_id, planned_on, pallets, boxes, seals) values ($1, 1, 'scheduled', $2, $3, $4, $5, $6, $7, $8)`,
    [id, lot.id, lot.donorId, input.siteId, input.plannedOn, input.pallets, input.boxes, input.seals],
  );
  append(tx, intake.PickupScheduled, { key: id, version: 1 }, {
    pickupId: id, lotId: lot.id, donorId: lot.donorId, siteId: input.siteId, state: 'scheduled', pallets: input.pallets, boxes: input.boxes,
  });
  await notify(tx, lot, tell.pickupPlanned(lot, input.plannedOn), { id, version: 1 });
  return id;
}

interface PickupRow {
  id: string; version: number; state: string; lotId: string; donorId: string; siteId: string; pallets: number; boxes: number;
}

const PICKUP = `select id, version, state, lot_id as "lotId", donor_id as "donorId", site_id as "siteId", pallets, boxes from pickup`;

/** Done: the received inventory is due from now. Failed: with a reason; another may be scheduled. */
export async function endPickup(tx: Tx, input: { pickupId: string; done: boolean; reason: string | null; version: number }): Promise<void> {
  const lot = await lockLot(tx, input.pickupId, 'pickup');
  const pickup = (await tx.one<PickupRow>(`${PICKUP} where id = $1 for update`, [input.pickupId]))!;
  requireSite(tx.actor, pickup.siteId);
  if (pickup.version !== input.version) throw new DomainError('stale-version');
  if (pickup.state !== 'scheduled') throw new DomainError('pickup-ended');
  end(tx, pickup, input.done ? 'done' : 'failed', input.reason);
  if (!input.done) return notify(tx, lot, tell.pickupFailed(lot, input.reason ?? ''), { id: pickup.id, version: pickup.version + 1 });
  const due = await inventoryDueFrom(tx, lot.id);
  if (due === null) return;
  const collected = { ...lot, version: lot.version + 1 };
  await saveLot(tx, collected, intake.LotChanged);
  await notify(tx, collected, tell.collected(lot, due));
}

/** Nobody needs to come any more: the lot was cancelled. Its row is locked. */
export async function failPickups(tx: Tx, lotId: string): Promise<void> {
  const scheduled = await tx.query<PickupRow>(`${PICKUP} where lot_id = $1 and state = 'scheduled' order by id for update`, [lotId]);
  for (const pickup of scheduled) end(tx, pickup, 'failed', 'cancelled');
}

const END = orStale('with changed as (update pickup set version = version + 1, state = $3, reason = $4, ended_at = $5 where id = $1 and version = $2 returning id)');

function end(tx: Tx, { id, version, lotId, donorId, siteId, pallets, boxes }: PickupRow, state: 'done' | 'failed', reason: string | null): void {
  tx.change(END, [id, version, state, reason, tx.now]);
  append(tx, state === 'done' ? intake.PickupDone : intake.PickupFailed, { key: id, version: version + 1 }, { pickupId: id, lotId, donorId, siteId, state, pallets, boxes });
}
