import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { loadLot } from '../persistence/lot.repository.js';

export interface PickupView {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly siteId: string;
  readonly plannedOn: string;
  readonly pallets: number;
  readonly boxes: number;
  readonly seals: readonly string[];
  readonly reason: string | null;
}

const PICKUP = `select id, version, state, site_id as "siteId", planned_on::text as "plannedOn", pallets, boxes, seals, reason from pickup`;

/** Throws `not-found`. */
export async function listPickups(tx: Tx, lotId: string): Promise<PickupView[]> {
  await loadLot(tx, lotId);
  return tx.query<PickupView>(`${PICKUP} where lot_id = $1 order by created_at, id`, [lotId]);
}

/** Throws `not-found`. */
export async function showPickup(tx: Tx, id: string): Promise<PickupView> {
  const row = await tx.one<PickupView>(`${PICKUP} where id = $1`, [id]);
  if (!row) throw new DomainError('not-found');
  return row;
}
