import type { Tx } from '@lacollecte/database';
import { fromCursor, type Page, toPage } from '@lacollecte/http';
import type { z } from 'zod';
import type { TaskView } from '../http/tasks.schemas.js';

type View = z.output<typeof TaskView>;
type Row = Omit<View, 'createdAt' | 'occurredAt'> & { created_at: string; createdAt: Date; occurredAt: Date | null };

/** What a site still has to look at, oldest first. */
export async function listTasks(tx: Tx, query: { siteId: string; after?: string | undefined; limit: number }): Promise<Page<View>> {
  const rows = await tx.query<Row>(
    `select id, created_at::text, site_id as "siteId", label, scan ->> 'step' as step, problem, occurred_at as "occurredAt", by, created_at as "createdAt" from task
     where site_id = $1 and done_at is null and ($2::timestamptz is null or (created_at, id) > ($2, $3::uuid)) order by created_at, id limit $4`,
    [query.siteId, ...fromCursor(query.after), query.limit + 1],
  );
  return toPage(rows, query.limit, ({ created_at: _, createdAt, occurredAt, ...view }) => ({ ...view, createdAt: createdAt.toISOString(), occurredAt: occurredAt?.toISOString() ?? null }));
}
