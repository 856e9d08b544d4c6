import type { Tx } from '@lacollecte/database';
import { fromCursor, type Page, toPage } from '@lacollecte/http';
import type { Notification } from '../domain/notification.js';

export interface NotificationView extends Notification {
  readonly id: string;
  readonly lotId: string;
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

/** What the asker's organisation was told, newest first, with how much of it nobody there has read. */
export async function listNotifications(tx: Tx, query: { after?: string | undefined; limit: number }): Promise<Page<NotificationView> & { unread: number }> {
  const rows = await tx.query<NotificationView & { created_at: string }>(
    `select id, created_at::text as created_at, kind, lot_id as "lotId", texts, created_at as "createdAt", read_at as "readAt" from notification
     where donor_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid)) order by created_at desc, id desc limit $4`,
    [tx.actor.organisationId, ...fromCursor(query.after), query.limit + 1],
  );
  return { ...toPage(rows, query.limit, ({ created_at: _, ...view }) => view), unread: await countUnread(tx) };
}

export async function countUnread(tx: Tx): Promise<number> {
  const row = await tx.one<{ n: number }>('select count(*)::int as n from notification where donor_id = $1 and read_at is null', [tx.actor.organisationId]);
  return row!.n;
}
