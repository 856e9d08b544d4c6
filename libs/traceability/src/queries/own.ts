import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { settingsOf } from '@lacollecte/runtime';
import type { z } from 'zod';
import { FACTOR_SOURCE, FACTOR_VERSION, FACTORS, impactOf } from '../domain/impact.js';
import { settings } from '../settings.js';
import type { OwnFiguresView, OwnProgressView, OwnStandingView, OwnTimelineView } from './views.js';

type Timeline = z.output<typeof OwnTimelineView>;
type Progress = z.output<typeof OwnProgressView>;
type Figures = z.output<typeof OwnFiguresView>;
type Standing = z.output<typeof OwnStandingView>;
type Step = Timeline['steps'][number]['step'];

// Rows of other donors are hidden by the policies; these say it again, so that staff get no stranger's by these routes either.
const DEVICE = `select a.id as "deviceId", a.lot_id as "lotId", a.label, a.category, a.maker, a.model, coalesce(w.state, 'received') as state, coalesce(w.since, a.at) as since,
    a.at as received, w.diagnosed_at as diagnosed, w.erased_at as erased, w.tested_at as tested, w.graded_at as graded, w.ready_at as ready
  from arrival a left join work w on w.id = a.id where a.id = $1 and a.donor_id = $2`;
const LOT = `select id as "lotId", state, since, due_at as "dueAt", declared, declined, received, refused, missing, awaited, unexpected from lot where id = $1 and donor_id = $2`;
const PASSED = `select count(*)::int as received, (count(*) filter (where w.erased_at is not null))::int as erased, (count(*) filter (where w.ready_at is not null))::int as ready,
    (count(*) filter (where w.state = 'delivered'))::int as delivered, (count(*) filter (where w.state = 'recycled'))::int as recycled,
    (count(*) filter (where w.state in ('returned-to-donor', 'lost')))::int as other
  from arrival a left join work w on w.id = a.id where a.lot_id = $1 and a.donor_id = $2`;
const STANDING = `case when w.state in ('delivered', 'recycled', 'returned-to-donor', 'lost') then w.state when w.ready_at is not null then 'ready' when w.erased_at is not null then 'erased'
    else 'received' end`;
const STANDINGS_OF = `select lot_id as "lotId", ${['received', 'erased', 'ready', 'delivered', 'recycled'].map((one) => `(count(*) filter (where standing = '${one}'))::int as ${one}`).join(', ')},
    (count(*) filter (where standing in ('returned-to-donor', 'lost')))::int as other
  from (select a.lot_id, ${STANDING} as standing from arrival a left join work w on w.id = a.id where ($1::uuid[] is null or a.lot_id = any($1)) and a.donor_id = $2) d group by 1`;
const WHERE_TO = `select kind, department, count(*)::int as devices from own_deliveries($2) o join arrival a on a.id = o.device_id where a.lot_id = $1 group by 1, 2 order by 3 desc, 1, 2`;
const BY_CATEGORY = `select a.category, count(*)::int as received, (count(*) filter (where w.state = 'delivered'))::int as reused, (count(*) filter (where w.state = 'recycled'))::int as recycled
  from arrival a left join work w on w.id = a.id where a.donor_id = $1 and ($2::uuid is null or a.lot_id = $2) group by 1 order by 2 desc, 1`;

const PARIS = (column: string): string => `to_char(${column} at time zone 'Europe/Paris', 'YYYY-MM')`;
const BY_MONTH = `select month, (count(*) filter (where what = 'received'))::int as received, (count(*) filter (where what = 'delivered'))::int as reused,
    (count(*) filter (where what = 'recycled'))::int as recycled
  from arrival a left join work w on w.id = a.id cross join lateral (
    values (${PARIS('a.at')}, 'received'), (${PARIS('w.since')}, case when w.state in ('delivered', 'recycled') then w.state end)) t (month, what)
  where a.donor_id = $1 and ($2::uuid is null or a.lot_id = $2) and what is not null group by 1 order by 1`;

const STEPS = ['received', 'diagnosed', 'erased', 'tested', 'graded', 'ready'] as const;
const ENDS: readonly string[] = ['delivered', 'recycled', 'returned-to-donor', 'lost'] satisfies Step[];

interface Destination {
  readonly kind: string | null;
  readonly department: string | null;
}
type DeviceRow = Omit<Timeline, 'since' | 'steps' | 'destination'> & { since: Date } & Record<(typeof STEPS)[number], Date | null>;

/** What became of one device, in its present life, for who gave it. @throws DomainError nothing-known */
export async function ownTimeline(tx: Tx, deviceId: string): Promise<Timeline> {
  const row = await tx.one<DeviceRow>(DEVICE, [deviceId, tx.actor.organisationId]);
  if (!row) throw new DomainError('nothing-known');
  const { leastTogether } = await settingsOf(tx, settings);
  const { since, received, diagnosed, erased, tested, graded, ready, ...device } = row;
  const times = { received, diagnosed, erased, tested, graded, ready };
  const steps: { step: Step; at: Date }[] = STEPS.flatMap((step) => (times[step] ? [{ step, at: times[step] }] : []));
  if (ENDS.includes(device.state)) steps.push({ step: device.state as Step, at: since });
  const to = device.state === 'delivered' ? await tx.one<Destination>('select kind, department from own_deliveries($2) where device_id = $1', [deviceId, leastTogether]) : undefined;
  return {
    ...device, since: since.toISOString(),
    steps: steps.toSorted((a, b) => a.at.getTime() - b.at.getTime()).map(({ step, at }) => ({ step, at: at.toISOString() })),
    destination: to?.kind == null ? null : { kind: to.kind, department: to.department },
  };
}

/** How far a lot has come, for who gave it. @throws DomainError nothing-known */
export async function ownProgress(tx: Tx, lotId: string): Promise<Progress> {
  const donor = tx.actor.organisationId;
  const lot = await tx.one<Omit<Progress, 'since' | 'dueAt'> & { since: Date; dueAt: Date | null }>(LOT, [lotId, donor]);
  if (!lot) throw new DomainError('nothing-known');
  const { leastTogether } = await settingsOf(tx, settings);
  const passed = await tx.one<Progress['passed']>(PASSED, [lotId, donor]);
  const [standing] = await ownStandings(tx, [lotId]);
  const to = await tx.query<Destination & { devices: number }>(WHERE_TO, [lotId, leastTogether]);
  const told = to.flatMap(({ kind, department, devices }) => (kind === null ? [] : [{ kind, department, devices }]));
  const said = told.reduce((sum, { devices }) => sum + devices, 0);
  return { ...lot, since: lot.since.toISOString(), dueAt: lot.dueAt?.toISOString() ?? null, passed: passed!, now: standing!.now, destinations: told, elsewhere: passed!.delivered - said };
}

/** Where the devices of lots are now, for who gave them; of a lot that is not theirs, none. Undefined: of every lot that anything came of. */
export async function ownStandings(tx: Tx, lotIds: readonly string[] | undefined): Promise<Standing[]> {
  const rows = await tx.query<Standing['now'] & { lotId: string }>(STANDINGS_OF, [lotIds ?? null, tx.actor.organisationId]);
  const known = new Map(rows.map(({ lotId, ...now }) => [lotId, now]));
  return (lotIds ?? [...known.keys()]).map((lotId) => ({ lotId, now: known.get(lotId) ?? { received: 0, erased: 0, ready: 0, delivered: 0, recycled: 0, other: 0 } }));
}

/** What came of all that a donor gave, or of one lot. A device is counted once, where it is now. */
export async function ownFigures(tx: Tx, lotId: string | undefined): Promise<Figures> {
  const { yearsGained } = await settingsOf(tx, settings);
  const byCategory = await tx.query<Figures['byCategory'][number]>(BY_CATEGORY, [tx.actor.organisationId, lotId ?? null]);
  const byMonth = await tx.query<Figures['byMonth'][number]>(BY_MONTH, [tx.actor.organisationId, lotId ?? null]);
  const sum = (of: 'received' | 'reused' | 'recycled'): number => byCategory.reduce((all, row) => all + row[of], 0);
  const factors = Object.entries(FACTORS).map(([category, kgPerYear]) => ({ category, kgPerYear })) as Figures['co2e']['factors'];
  const impact = impactOf(byCategory.map(({ category, reused }) => ({ category, devices: reused })), yearsGained);
  return { received: sum('received'), reused: sum('reused'), recycled: sum('recycled'), byCategory, byMonth, co2e: { ...impact, years: yearsGained, factors, version: FACTOR_VERSION, source: FACTOR_SOURCE } };
}
