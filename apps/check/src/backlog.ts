import { setTimeout as sleep } from 'node:timers/promises';
import { SERVICES, type ServiceName } from '@lacollecte/contracts';
import { flowRules, PARKED_BEFORE } from './flow-rules.js';
import { Snapshot } from './snapshot.js';

const POLL_MS = 300;

const WAITING = `select
  (select count(*)::int from outbox_pending w join outbox o on o.position = w.position where not exists (${PARKED_BEFORE})) as unmarked,
  (select count(*)::int from job where done_at is null and due_at <= now()) as jobs`;

/** What still waits, in words; empty where nothing does but what is parked. */
async function backlog(urls: ReadonlyMap<ServiceName, string>): Promise<string[]> {
  const snapshot = await Snapshot.take(urls);
  try {
    const waiting: string[] = [];
    for (const service of SERVICES) {
      const [row] = await snapshot.query<{ unmarked: number; jobs: number }>(service, WAITING);
      if (row!.unmarked > 0) waiting.push(`${row!.unmarked} of ${service} to be published`);
      if (row!.jobs > 0) waiting.push(`${row!.jobs} jobs of ${service}`);
    }
    // What each has heard is compared row by row: only once there is a chance that nothing is missing.
    if (waiting.length > 0) return waiting;
    const { inFlight } = await flowRules(snapshot);
    const unread = new Map<string, number>();
    for (const event of inFlight) {
      if (event.where !== 'parked') unread.set(`${event.from} → ${event.to}`, (unread.get(`${event.from} → ${event.to}`) ?? 0) + 1);
    }
    return [...unread].map(([pair, count]) => `${count} to be read ${pair}`);
  } finally {
    await snapshot.release();
  }
}

/**
 * Waits until nothing is in flight but what is parked, and no job is due.
 * @param say told what is waited for, each time that changes
 * @returns what still waits when the time is over, in words; undefined if nothing does
 */
export async function settled(urls: ReadonlyMap<ServiceName, string>, timeoutMs: number, say: (line: string) => void): Promise<string | undefined> {
  const deadline = Date.now() + timeoutMs;
  for (let said = ''; ; ) {
    const waiting = (await backlog(urls)).join(', ');
    if (waiting === '') return undefined;
    if (Date.now() > deadline) return waiting;
    if (waiting !== said) say(`Waiting for ${waiting}`);
    said = waiting;
    await sleep(POLL_MS);
  }
}
