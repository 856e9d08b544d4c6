import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { fromCursor, type Page, toPage } from '@lacollecte/http';
import type { ReservationView } from './views.js';

export interface ReservationFilter {
  readonly after?: string;
  readonly limit: number;
  readonly siteId?: string;
  readonly state?: string;
}

type ReservationRow = Omit<ReservationView, 'reservationId' | 'expiresAt' | 'createdAt'> & { id: string; expiresAt: Date | null; createdAt: Date };

const COLUMNS = `id, version, state, site_id as "siteId", category, grade, earmark, asked, issued,
  array(select item_id from reservation_item where reservation_id = r.id and ended is null order by item_id) as "itemIds",
  expires_at as "expiresAt", created_at as "createdAt"`;

function toView({ id, expiresAt, createdAt, ...row }: ReservationRow): ReservationView {
  return { reservationId: id, ...row, expiresAt: expiresAt?.toISOString() ?? null, createdAt: createdAt.toISOString() };
}

export async function listReservations(tx: Tx, filter: ReservationFilter): Promise<Page<ReservationView>> {
  const rows = await tx.query<ReservationRow & { created_at: string }>(
    `select ${COLUMNS}, created_at::text from reservation r
     where ($1::uuid is null or site_id = $1) and ($2::text is null or state = $2)
       and ($3::timestamptz is null or (created_at, id) > ($3, $4::uuid))
     order by r.created_at, id limit $5`,
    [filter.siteId ?? null, filter.state ?? null, ...fromCursor(filter.after), filter.limit + 1],
  );
  return toPage(rows, filter.limit, ({ created_at: _, ...row }) => toView(row));
}

export async function showReservation(tx: Tx, reservationId: string): Promise<ReservationView> {
  const row = await tx.one<ReservationRow>(`select ${COLUMNS} from reservation r where id = $1`, [reservationId]);
  if (!row) throw new DomainError('reservation-not-found');
  return toView(row);
}
