import type pg from 'pg';
import { Lane } from '../lane.js';
import type { MessagingLog } from '../log.js';
import type { JobQueue } from './queues.js';

const BATCH = 200;

/** Hands committed jobs of one queue to BullMQ under their row's id, in order, and marks them. */
export function jobLane(queueName: string, workerUrl: string, queue: JobQueue, log: MessagingLog): Lane {
  return new Lane(`jobs ${queueName}`, workerUrl, log, (client) => relayJobs(client, queueName, queue));
}

async function relayJobs(client: pg.ClientBase, queueName: string, queue: JobQueue): Promise<number> {
  const { rows } = await client.query<{ id: string; delay: string }>({
    name: 'jobs-read',
    text: `select id, greatest(0, extract(epoch from due_at - now()) * 1000)::bigint as delay from job
      where queue = $1 and enqueued_at is null order by created_at, id limit $2`,
    values: [queueName, BATCH],
  });
  if (rows.length === 0) return 0;
  await queue.add(rows.map((row) => ({ id: row.id, delayMs: Number(row.delay) })));
  await client.query({ name: 'jobs-mark', text: 'update job set enqueued_at = now() where id = any($1::uuid[])', values: [rows.map((row) => row.id)] });
  return rows.length;
}
