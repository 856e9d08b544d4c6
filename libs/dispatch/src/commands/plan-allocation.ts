import type { EventData, matching } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { settingsOf } from '@lacollecte/runtime';
import { v5, v7 } from 'uuid';
import { canJoin, joinShipment, planShipment, type NewLine } from '../domain/planning.js';
import { lockShipment, saveShipment, shipmentOfLine } from '../persistence/shipment.repository.js';
import { settings } from '../settings.js';
import { lockAllocation } from './allocation-mark.js';

const SLOTS = '3c5f0a5e-3a0e-4a6b-9a44-0b7b8a1d7c11';

/** Id of the row that whoever plans for this site and structure holds. */
export function slotId(place: { siteId: string; structureId: string }): string {
  return v5(`${place.siteId}/${place.structureId}`, SLOTS);
}

const OF_SAME_NEED = `select s.id from shipment s join shipment_line l on l.shipment_id = s.id
  where l.need_id = $1 and l.state <> 'dropped' and s.site_id = $2 and s.structure_id = $3 and s.state = 'planned' and l.created_at > $4
  order by s.created_at limit 1`;

/**
 * An accepted allocation becomes a line: of the planned shipment that holds the same need's lines of the last 3 days (a), else of the
 * one that this site opened for this structure within a day, else of a new one. Two at once wait for each other on the slot.
 */
export async function planAllocation(tx: Tx, accepted: EventData<typeof matching.AllocationAccepted>): Promise<void> {
  const { siteId, structureId } = accepted;
  const ended = await lockAllocation(tx, accepted.allocationId);
  if (ended !== null || accepted.quantity === 0 || (await shipmentOfLine(tx, accepted.allocationId))) return;
  const id = slotId(accepted);
  await tx.execute('insert into shipping_slot (id) values ($1) on conflict do nothing', [id]);
  const slot = await tx.one<{ shipment_id: string | null; open_until: Date | null }>('select shipment_id, open_until from shipping_slot where id = $1 for update', [id]);
  const { shareHours, needTogetherDays } = await settingsOf(tx, settings);
  const since = new Date(tx.now.getTime() - needTogetherDays * 86_400_000);
  const sameNeed = await tx.one<{ id: string }>(OF_SAME_NEED, [accepted.needId, siteId, structureId, since]);
  const sameDay = slot?.open_until && slot.open_until > tx.now ? slot.shipment_id : null;

  const line: NewLine = {
    id: accepted.allocationId, needId: accepted.needId, needLineId: accepted.lineId, category: accepted.category, grade: accepted.grade, quantity: accepted.quantity,
  };
  for (const candidate of new Set([sameNeed?.id, sameDay])) {
    const shipment = candidate ? await lockShipment(tx, candidate) : undefined;
    if (!shipment || !canJoin(shipment)) continue;
    await saveShipment(tx, shipment, joinShipment(shipment, line));
    return;
  }
  const planned = await saveShipment(tx, undefined, planShipment(v7(), { siteId, structureId }, line, tx.now));
  const openUntil = new Date(tx.now.getTime() + shareHours * 3_600_000);
  await tx.execute('update shipping_slot set shipment_id = $2, open_until = $3 where id = $1', [id, planned.id, openUntil]);
}
