import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';

export interface ReceptionView {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly lotId: string;
  readonly siteId: string;
  readonly packages: readonly { name: string; ticked: boolean }[];
  readonly openedAt: Date;
  readonly closedAt: Date | null;
  /** The name under its summary. */
  readonly signedBy: string | null;
  /** What came in this session. */
  readonly received: number;
  readonly unexpected: number;
  readonly refused: number;
}

const RECEPTION = `select r.id, r.version, r.state, r.lot_id as "lotId", r.site_id as "siteId", r.opened_at as "openedAt", r.closed_at as "closedAt", r.signed_by as "signedBy",
  (select coalesce(jsonb_agg(jsonb_build_object('name', p.name, 'ticked', p.ticked) order by p.name), '[]') from reception_package p where p.reception_id = r.id) as packages,
  (select count(*)::int from device d where d.reception_id = r.id and d.line_id is not null) as received,
  (select count(*)::int from device d where d.reception_id = r.id and d.line_id is null) as unexpected,
  (select count(*)::int from dock_refusal f where f.reception_id = r.id) as refused
  from reception r`;

/** Throws `not-found`. */
export async function showReception(tx: Tx, id: string): Promise<ReceptionView> {
  const row = await tx.one<ReceptionView>(`${RECEPTION} where r.id = $1`, [id]);
  if (!row) throw new DomainError('not-found');
  return row;
}

export function listReceptions(tx: Tx, lotId: string): Promise<ReceptionView[]> {
  return tx.query<ReceptionView>(`${RECEPTION} where r.lot_id = $1 order by r.opened_at, r.id`, [lotId]);
}
