import { DomainError, intake } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { settingsOf } from '@lacollecte/runtime';
import { v7 } from 'uuid';
import { requireState } from '../domain/lot.js';
import { lockLot } from '../persistence/lot.repository.js';
import { openSite, requireSite } from '../persistence/place.repository.js';
import { settings } from '../settings.js';

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
  return id;
}

interface PickupRow {
  id: string; version: number; state: string; lotId: string; donorId: string; siteId: string; pallets: number; boxes: number;
}

/** Done: the received inventory is due from now. Failed: with a reason; another may be scheduled. */
export async function endPickup(tx: Tx, input: { pickupId: string; done: boolean; reason: string | null; version: number }): Promise<void> {
  const pickup = await tx.one<PickupRow>(
    `select id, version, state, lot_id as "lotId", donor_id as "donorId", site_id as "siteId", pallets, boxes from pickup where id = $1 for update`,
    [input.pickupId],
  );
  if (!pickup) throw new DomainError('not-found');
  requireSite(tx.actor, pickup.siteId);
  if (pickup.version !== input.version) throw new DomainError('stale-version');
  if (pickup.state !== 'scheduled') throw new DomainError('pickup-ended');
  const state = input.done ? ('done' as const) : ('failed' as const);
  await tx.execute('update pickup set state = $2, version = version + 1, reason = $3, ended_at = $4 where id = $1', [pickup.id, state, input.reason, tx.now]);
  if (input.done) {
    const { inventoryDays } = await settingsOf(tx, settings);
    await tx.execute(
      `update lot set collected_at = coalesce(collected_at, $2), inventory_due_at = coalesce(inventory_due_at, $2::timestamptz + $3 * interval '1 day') where id = $1`,
      [pickup.lotId, tx.now, inventoryDays],
    );
  }
  append(tx, input.done ? intake.PickupDone : intake.PickupFailed, { key: pickup.id, version: pickup.version + 1 }, {
    pickupId: pickup.id, lotId: pickup.lotId, donorId: pickup.donorId, siteId: pickup.siteId, state, pallets: pickup.pallets, boxes: pickup.boxes,
  });
}
