import { NO_CAUSE, type Pool, SYSTEM } from '@lacollecte/database';
import type { JobQueue } from './queues.js';

const BATCH = 200;

/**
 * Brings back jobs that are due, not done, and that the queue does not hold any more or has given up: after a failed run,
 * a lost lock or a flushed server. What waits or runs in the queue is left alone. Gives how many will be handed over again.
 */
export async function sweepJobs(worker: Pool, queues: ReadonlyMap<string, JobQueue>): Promise<number> {
  const due = await worker.transaction(SYSTEM, NO_CAUSE, (tx) =>
    tx.query<{ id: string; queue: string }>(
      `select id, queue from job where done_at is null and enqueued_at < now() - interval '2 seconds' and due_at < now() order by due_at limit $1`,
      [BATCH],
    ),
  );
  const lost: string[] = [];
  for (const { id, queue } of due) if (await queues.get(queue)?.forgot(id)) lost.push(id);
  if (lost.length > 0) {
    await worker.transaction(SYSTEM, NO_CAUSE, (tx) => tx.execute('update job set enqueued_at = null where id = any($1::uuid[]) and done_at is null', [lost]));
  }
  return lost.length;
}
