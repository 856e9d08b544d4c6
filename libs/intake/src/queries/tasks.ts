import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { fromCursor, type Page, toPage } from '@lacollecte/http';

export interface TaskView {
  readonly id: string;
  readonly kind: string;
  readonly lotId: string | null;
  readonly subject: string;
  readonly detail: object;
  readonly createdAt: Date;
}

/** Open ones, oldest first. */
export async function listTasks(tx: Tx, query: { after?: string | undefined; limit: number }): Promise<Page<TaskView>> {
  const rows = await tx.query<TaskView & { created_at: string }>(
    `select id, created_at::text as created_at, kind, lot_id as "lotId", subject, detail, created_at as "createdAt" from task
     where done_at is null and ($1::timestamptz is null or (created_at, id) > ($1, $2)) order by created_at, id limit $3`,
    [...fromCursor(query.after), query.limit + 1],
  );
  return toPage(rows, query.limit, ({ created_at: _, ...view }) => view);
}

/** Somebody has looked at it; the same again is answered as done. Throws `not-found`. */
export async function endTask(tx: Tx, taskId: string): Promise<void> {
  await tx.execute('update task set done_at = now(), done_by = $2 where id = $1 and done_at is null', [taskId, tx.actor.subject]);
  if (!(await tx.one('select 1 from task where id = $1', [taskId]))) throw new DomainError('not-found');
}
