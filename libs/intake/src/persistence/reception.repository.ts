import { DomainError } from '@lacollecte/contracts';
import type { Statement, Tx } from '@lacollecte/database';

/** A session with what scans need of its lot. */
export interface ReceptionRow {
  readonly id: string;
  readonly version: number;
  readonly state: 'open' | 'closed';
  readonly siteId: string;
  readonly lotId: string;
  readonly donorId: string;
  readonly donorKind: string | null;
  readonly earmark: string | null;
}

const RECEPTION = `select r.id, r.version, r.state, r.site_id as "siteId", r.lot_id as "lotId", r.donor_id as "donorId", d.kind as "donorKind", l.earmark
  from reception r join lot l on l.id = r.lot_id left join donor d on d.id = r.donor_id where r.id = $1`;

/** Held open until the transaction ends; many may do so at once. To be sent ahead. */
export const holdingReception = (id: string): Statement => ({ text: `${RECEPTION} for share of r`, values: [id] });

/** Locked, once nobody holds it open any more. To be sent ahead. */
export const lockingReception = (id: string): Statement => ({ text: `${RECEPTION} for update of r`, values: [id] });

/** In one of the two ways. Throws `not-found`. */
export async function loadReception(tx: Tx, { text, values }: Statement): Promise<ReceptionRow> {
  const row = await tx.one<ReceptionRow>(text, values);
  if (!row) throw new DomainError('not-found');
  return row;
}
