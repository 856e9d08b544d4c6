import { DomainError, Instant } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { v7 } from 'uuid';
import type { z } from 'zod';
import type { BulkAnswer } from '../http/views.schemas.js';
import { bound } from './find-devices.js';

/** What was to be done, and why it was not. */
interface RefusedScan {
  readonly label: string;
  readonly scan: object;
  readonly problem: object;
  readonly occurredAt: string | null;
}

type Answer = z.output<typeof BulkAnswer>;
interface Scanned {
  readonly label: string;
  readonly occurredAt?: unknown;
}

/** @throws DomainError `site-not-yours` where the site is not one of the operator's */
export function mayKeepAt({ actor }: Tx, siteId: string): void {
  if (bound(actor) && !actor.siteIds.includes(siteId)) throw new DomainError('site-not-yours', { site: siteId });
}

/** A task of the site, with which somebody there finds the device and decides: no scan is lost. */
async function keepRefused(tx: Tx, siteId: string, refused: RefusedScan): Promise<string> {
  const id = v7();
  await tx.execute('insert into task (id, site_id, label, scan, problem, occurred_at, by) values ($1, $2, $3, $4, $5, $6, $7)', [
    id, siteId, refused.label, JSON.stringify(refused.scan), JSON.stringify(refused.problem), refused.occurredAt, tx.actor.subject,
  ]);
  return id;
}

/** The answer to scans that came late, each refused one with its task. */
export async function keepAllRefused(tx: Tx, siteId: string, scans: readonly Scanned[], answer: Answer): Promise<Answer> {
  const items: Answer['items'] = [];
  for (const [i, item] of answer.items.entries()) {
    const { label, occurredAt, ...scan } = scans[i]!;
    const taskId = item.problem && (await keepRefused(tx, siteId, { label, scan, problem: item.problem, occurredAt: timeOf(occurredAt) }));
    items.push({ ...item, taskId });
  }
  return { ...answer, items };
}

/** Of a scan that may be malformed. */
function timeOf(occurredAt: unknown): string | null {
  const read = Instant.safeParse(occurredAt);
  return read.success ? read.data : null;
}

/** Somebody has looked at it; the same again is answered as done. @throws DomainError `not-found`, `site-not-yours` */
export async function endTask(tx: Tx, taskId: string): Promise<void> {
  const task = await tx.one<{ site_id: string }>('select site_id from task where id = $1 for update', [taskId]);
  if (!task) throw new DomainError('not-found');
  mayKeepAt(tx, task.site_id);
  await tx.execute('update task set done_at = $2, done_by = $3 where id = $1 and done_at is null', [taskId, tx.now, tx.actor.subject]);
}
