import { type Category, DomainError, matching, type StockGrade } from '@lacollecte/contracts';
import { isStaff, type Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { settingsOf } from '@lacollecte/runtime';
import { v7 } from 'uuid';
import type { Public } from '../domain/need.js';
import { MOST_URGENT } from '../domain/round/problem.js';
import { type NeedView, viewNeed } from '../queries/view-need.js';
import { matchingSettings } from '../settings.js';

export interface StatedLine {
  readonly category: Category;
  readonly minGrade: StockGrade;
  /** 1 to 500. */
  readonly quantity: number;
  readonly urgency: number;
  readonly public: Public;
  readonly reason: string;
  readonly maxPriceCents: number | null;
}

export interface StatedNeed {
  /** Said by staff only; a structure speaks for itself. */
  readonly structureId?: string;
  readonly lines: readonly StatedLine[];
  /** Prepaid top-ups: kept, and shown as waiting. */
  readonly topUps: number;
}

/** A structure says what it needs; a coordinator then decides. @throws DomainError structure-not-said, structure-not-approved, not-here-yet */
export async function stateNeed(tx: Tx, input: StatedNeed): Promise<NeedView> {
  const structureId = isStaff(tx.actor) ? (input.structureId ?? null) : tx.actor.organisationId;
  if (structureId === null) throw new DomainError('structure-not-said');
  await requireApproved(tx, structureId);
  const settings = await settingsOf(tx, matchingSettings);
  const urgent = input.lines.some((line) => line.urgency === MOST_URGENT);
  const id = v7();
  await tx.execute(
    `insert into need (id, version, state, structure_id, top_ups, created_at, expires_at, decide_by)
     values ($1, 1, 'submitted', $2, $3, $4, $4::timestamptz + make_interval(days => $5), case when $6 then $4::timestamptz + make_interval(secs => $7) end)`,
    [id, structureId, input.topUps, tx.now, settings.needDays, urgent, settings.urgentDecisionHours * 3600],
  );
  const { lines } = input;
  await tx.execute(
    `insert into need_line (id, need_id, structure_id, position, category, min_grade, urgency_asked, urgency, for_public, reason, max_price_cents, asked, open)
     select id, $1, $2, position, category, min_grade, urgency, urgency, for_public, reason, max_price_cents, asked, asked
     from unnest($3::uuid[], $4::int[], $5::text[], $6::text[], $7::int[], $8::text[], $9::text[], $10::int[], $11::int[])
       as v(id, position, category, min_grade, urgency, for_public, reason, max_price_cents, asked)`,
    [
      id, structureId, lines.map(() => v7()), lines.map((_, index) => index + 1), lines.map((l) => l.category), lines.map((l) => l.minGrade),
      lines.map((l) => l.urgency), lines.map((l) => l.public), lines.map((l) => l.reason), lines.map((l) => l.maxPriceCents), lines.map((l) => l.quantity),
    ],
  );
  const asked = lines.reduce((total, line) => total + line.quantity, 0);
  append(tx.because({ ...tx.cause, correlationId: id }), matching.NeedSubmitted, { key: id, version: 1 }, { needId: id, structureId, state: 'submitted', asked, open: asked });
  return viewNeed(tx, id);
}

async function requireApproved(tx: Tx, structureId: string): Promise<void> {
  const structure = await tx.one<{ state: string; current: boolean }>(
    `select state, coalesce(approved_until > $2, true) as current from structure where id = $1`,
    [structureId, tx.now],
  );
  if (!structure) throw new DomainError('not-here-yet');
  if (structure.state !== 'approved' || !structure.current) throw new DomainError('structure-not-approved', { state: structure.state });
}
