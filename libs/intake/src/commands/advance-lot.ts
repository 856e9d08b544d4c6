import { DomainError, intake } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { settingsOf } from '@lacollecte/runtime';
import { advance, declinedOf, type LineDecision, requireState } from '../domain/lot.js';
import * as tell from '../domain/notification.js';
import { endTasks } from '../persistence/lot.deadlines.js';
import { lockLot, type LotRow, saveLot } from '../persistence/lot.repository.js';
import { notify } from '../persistence/notification.repository.js';
import { openSite, requireSiteOf } from '../persistence/place.repository.js';
import { settings } from '../settings.js';
import { failPickups } from './change-pickup.js';

/** The donor sends the lot: from now an answer is due. A site's own gift needs no answer and is accepted at once. */
export async function submitLot(tx: Tx, { lotId, version }: { lotId: string; version: number }): Promise<void> {
  const lot = await lockLot(tx, lotId);
  requireSiteOf(lot, tx.actor);
  if (lot.version !== version) throw new DomainError('stale-version');
  requireState(lot, 'draft');
  const pending = await tx.one(`select 1 from manifest where lot_id = $1 and state in ('uploaded', 'reading', 'previewed', 'confirmed')`, [lotId]);
  if (pending) throw new DomainError('manifest-pending');
  if (lot.origin !== 'site' && !(await tx.one('select 1 from lot_line where lot_id = $1 limit 1', [lotId]))) throw new DomainError('lot-empty');
  const { answerDays } = await settingsOf(tx, settings);
  await tx.execute(`update lot set submitted_at = $2, answer_due_at = $2::timestamptz + $3 * interval '1 day' where id = $1`, [lotId, tx.now, answerDays]);
  await flagForeignSerials(tx, lotId);
  const submitted = advance(lot, 'submitted');
  await saveLot(tx, submitted, intake.LotSubmitted);
  if (lot.origin === 'site') await accept(tx, submitted, { siteId: lot.siteId!, brought: true, decisions: [] });
}

/** A serial that is in another donor's lot is not refused (that would tell whose it is): a coordinator looks at it. */
async function flagForeignSerials(tx: Tx, lotId: string): Promise<void> {
  // Planned each time: a plan that was kept while the lots were few would read every line for each serial.
  await tx.dynamic(
    `insert into task (id, kind, lot_id, subject, detail)
     select gen_random_uuid(), 'serial-in-other-lot', $1::uuid, $1::text, jsonb_build_object('count', count(distinct serial),
       'serials', to_jsonb((array_agg(distinct serial order by serial))[1:20]), 'lots', to_jsonb((array_agg(distinct lot_id))[1:20]))
     from serials_of_others($1::uuid) having count(*) > 0 on conflict (kind, subject) do nothing`,
    [lotId],
  );
}

interface Acceptance {
  readonly siteId: string;
  /** The donor brings it: no pick-up. */
  readonly brought: boolean;
  /** Lines not named are accepted whole. */
  readonly decisions: readonly LineDecision[];
}

/** Line by line, an accepted quantity; the rest is declined with a reason. */
export async function acceptLot(tx: Tx, input: Acceptance & { lotId: string; version: number }): Promise<void> {
  const lot = await lockLot(tx, input.lotId);
  if (lot.version !== input.version) throw new DomainError('stale-version');
  await accept(tx, lot, input);
}

async function accept(tx: Tx, lot: LotRow, { siteId, brought, decisions }: Acceptance): Promise<void> {
  const { id: lotId } = lot;
  const accepted = advance(lot, 'accepted');
  await openSite(tx, siteId);
  await decline(tx, lotId, decisions);
  if (lot.origin !== 'site' && !(await tx.one('select 1 from lot_line where lot_id = $1 and declined < quantity limit 1', [lotId]))) throw new DomainError('nothing-accepted');
  const { freePickupFrom } = await settingsOf(tx, settings);
  if (!brought && (await usableComputers(tx, lotId)) < freePickupFrom) throw new DomainError('pickup-too-small', { least: freePickupFrom });
  await answered(tx, lotId);
  await tx.execute('update lot set accepted_at = $2 where id = $1', [lotId, tx.now]);
  const saved = { ...accepted, siteId, brought };
  await notify(tx, saved, tell.accepted(saved, await saveLot(tx, saved, intake.LotAccepted)));
}

async function decline(tx: Tx, lotId: string, decisions: readonly LineDecision[]): Promise<void> {
  if (decisions.length === 0) return;
  const lines = await tx.query<{ id: string; quantity: number }>('select id, quantity from lot_line where lot_id = $1 and id = any($2::uuid[])', [
    lotId, decisions.map((decision) => decision.lineId),
  ]);
  if (lines.length !== decisions.length) throw new DomainError('line-unknown');
  const rows = lines.map((line) => ({ id: line.id, ...declinedOf(line, decisions.find((decision) => decision.lineId === line.id)) }));
  await tx.execute(
    `update lot_line l set declined = d.declined, decline_reason = d.reason
     from jsonb_to_recordset($1) as d(id uuid, declined int, reason text) where l.id = d.id`,
    [JSON.stringify(rows)],
  );
}

async function usableComputers(tx: Tx, lotId: string): Promise<number> {
  const row = await tx.one<{ n: number }>(
    `select coalesce(sum(quantity - declined), 0)::int as n from lot_line where lot_id = $1 and category in ('laptop', 'desktop', 'all-in-one', 'tablet', 'smartphone')`,
    [lotId],
  );
  return row!.n;
}

export async function declineLot(tx: Tx, { lotId, reason, version }: { lotId: string; reason: string; version: number }): Promise<void> {
  const lot = await lockLot(tx, lotId);
  if (lot.version !== version) throw new DomainError('stale-version');
  const declined = advance(lot, 'declined');
  await answered(tx, lotId);
  await saveLot(tx, { ...declined, declineReason: reason }, intake.LotDeclined);
  await notify(tx, declined, tell.declined(declined, reason));
}

/** The donor's wait is over. */
async function answered(tx: Tx, lotId: string): Promise<void> {
  await tx.execute('update lot set answer_due_at = null where id = $1', [lotId]);
  await endTasks(tx, lotId, 'answer-overdue');
}

/** By the donor or a coordinator, before anything was received. Nobody comes to collect it any more. */
export async function cancelLot(tx: Tx, { lotId, version }: { lotId: string; version: number }): Promise<void> {
  const lot = await lockLot(tx, lotId);
  if (lot.version !== version) throw new DomainError('stale-version');
  const cancelled = advance(lot, 'cancelled');
  await answered(tx, lotId);
  await tx.execute('update lot set inventory_due_at = null where id = $1', [lotId]);
  await endTasks(tx, lotId, 'inventory-overdue');
  await failPickups(tx, lotId);
  await saveLot(tx, cancelled, intake.LotCancelled);
  if (tx.actor.organisationId !== lot.donorId) await notify(tx, cancelled, tell.cancelled(cancelled));
}
