import { NO_CAUSE, type Pool, SYSTEM } from '@lacollecte/database';
import type { JobQueue } from './queues.js';

const BATCH = 200;

/**
 * Brings back jobs that are due, not done, and that the queue does not hold any more or has given up: after a failed run,
 * a lost lock or a flushed server. What waits or runs in the queue is left alone. One at a time does it (advisory lock); the
 * others have nothing to do. Gives how many will be handed over again.
 */
export async function sweepJobs(worker: Pool, queues: ReadonlyMap<string, JobQueue>): Promise<number> {
  return worker.transaction(SYSTEM, NO_CAUSE, async (tx) => {
    const lock = await tx.one<{ had: boolean }>(`select pg_try_advisory_xact_lock(hashtextextended('jobs', 1)) as had`);
    if (!lock?.had) return 0;
    const due = await tx.query<{ id: string; queue: string }>(
      `select id, queue from job where done_at is null and enqueued_at < now() - interval '2 seconds' and due_at < now() and queue = any($2)
       order by due_at limit $1`,
      [BATCH, [...queues.keys()]],
    );
    const lost: string[] = [];
    for (const { id, queue } of due) if (await queues.get(queue)?.forgot(id)) lost.push(id);
    if (lost.length === 0) return 0;
    return tx.execute('update job set enqueued_at = null where id = any($1::uuid[]) and done_at is null', [lost]);
  });
}
