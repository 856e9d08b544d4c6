import { DISTANCE_SOURCE, DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { fromCursor, type Page, toPage } from '@lacollecte/http';
import { z } from 'zod';
import { LIMITS } from '../domain/round/explanation.js';
import type { Figures } from '../domain/round/figures.js';
import type { RoundParameters } from '../domain/round/inputs.js';

export const FiguresView = z.object({
  lines: z.int(), devices: z.int(),
  fillByUrgency: z.array(z.object({ urgency: z.int(), asked: z.int(), served: z.int(), fill: z.number() })),
  leastFill: z.number().nullable(), jain: z.number().nullable(),
  unserved: z.array(z.object({ limit: z.enum(LIMITS), lines: z.int(), units: z.int() })),
  kilometres: z.number(), deviceKilometres: z.number(), distanceSource: z.string(),
});
export const ParametersView = z.object({
  alpha: z.number(), kmCost: z.number(), gradeCost: z.number(), transportCap: z.number(), reserveShare: z.number(), nearestSites: z.int(),
});
export const RoundView = z.object({
  roundId: z.uuid(), version: z.int(), state: z.enum(['requested', 'solved', 'failed']), trigger: z.enum(['hourly', 'urgent', 'coordinator']),
  createdAt: z.iso.datetime(), finishedAt: z.iso.datetime().nullable(), allocations: z.int(), devices: z.int(),
  /** `greedy` where the solver ran out of time: the answer keeps every limit but may not be the best. */
  solver: z.string().nullable(), seconds: z.number().nullable(), parameters: ParametersView.nullable(), figures: FiguresView.nullable(),
});
export type RoundView = z.infer<typeof RoundView>;

interface RoundRow {
  readonly id: string;
  readonly version: number;
  readonly state: RoundView['state'];
  readonly trigger: RoundView['trigger'];
  readonly created: Date;
  readonly created_at: string;
  readonly finished_at: Date | null;
  readonly allocations: number;
  readonly devices: number;
  readonly solver: string | null;
  readonly seconds: number | null;
  readonly parameters: RoundParameters | null;
  readonly figures: Figures | null;
}

const SELECT = `select id, version, state, trigger, created_at as created, created_at::text, finished_at, allocations, devices, solver, seconds, parameters, figures from round`;

export function viewFigures(figures: Figures): z.infer<typeof FiguresView> {
  return { ...figures, fillByUrgency: [...figures.fillByUrgency], unserved: [...figures.unserved], distanceSource: DISTANCE_SOURCE };
}

function toView(row: RoundRow): RoundView {
  return {
    roundId: row.id, version: row.version, state: row.state, trigger: row.trigger, createdAt: row.created.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null, allocations: row.allocations, devices: row.devices, solver: row.solver, seconds: row.seconds,
    parameters: row.parameters, figures: row.figures && viewFigures(row.figures),
  };
}

/** @throws DomainError round-not-found */
export async function viewRound(tx: Tx, roundId: string): Promise<RoundView> {
  const row = await tx.one<RoundRow>(`${SELECT} where id = $1`, [roundId]);
  if (!row) throw new DomainError('round-not-found');
  return toView(row);
}

/** Newest first. */
export async function listRounds(tx: Tx, { after, limit }: { after?: string; limit: number }): Promise<Page<RoundView>> {
  const rows = await tx.query<RoundRow>(
    `${SELECT} where ($1::timestamptz is null or (created_at, id) < ($1, $2::uuid)) order by created_at desc, id desc limit $3`,
    [...fromCursor(after), limit + 1],
  );
  return toPage(rows, limit, toView);
}
