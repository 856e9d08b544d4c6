import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { directory, dispatch, type EventData, type EventDefinition, inventory } from '@lacollecte/contracts';
import type { Actor } from '@lacollecte/database';
import { applyEvents, type Decoded, decode, type EventContext, type Handler, type HandlerOptions, type Handlers, JobWorker, type Queues, toRecord } from '@lacollecte/messaging';
import { createLog, PLATFORM_MIGRATIONS } from '@lacollecte/runtime';
import { actor, createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { PATTERN_EXTRAS_METADATA, PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import { approveNeed } from '../commands/decide-need.js';
import { requestRound } from '../commands/request-round.js';
import { stateNeed, type StatedLine } from '../commands/state-need.js';
import type { Assignment } from '../domain/round/solution.js';
import { runRound } from '../jobs/run-round.js';
import { matchingService } from '../matching.service.js';
import type { NeedView } from '../queries/view-need.js';

/** The service's own handlers, with what they lock, as the strategy finds them. */
function handlersOf(): Handlers {
  const handlers = new Map<string, Handler>();
  for (const consumer of matchingService.consumers) {
    const instance = new consumer() as Record<string, (data: unknown, context: EventContext) => Promise<void>>;
    for (const name of Object.getOwnPropertyNames(consumer.prototype)) {
      const method = instance[name];
      const [type] = (method ? (Reflect.getMetadata(PATTERN_METADATA, method) ?? []) : []) as string[];
      if (!method || !type) continue;
      const options = Reflect.getMetadata(PATTERN_EXTRAS_METADATA, method) as HandlerOptions<never>;
      handlers.set(type, { ...options, handle: (data, context) => method.call(instance, data, context) });
    }
  }
  return handlers;
}
export const handlers = handlersOf();

/** An event as it comes from the transport. */
export function event<D extends EventDefinition>(definition: D, key: string, version: number, data: EventData<D>): Decoded {
  const record = toRecord({
    position: '1', id: randomUUID(), topic: definition.topic, key, version, n: 0, type: definition.type,
    occurred_at: new Date(), correlation_id: null, causation_id: null, traceparent: null, data: JSON.stringify(data),
  });
  return decode({ topic: record.topic, partition: 0, offset: 0n, timestamp: new Date(), key: Buffer.from(key), headers: record.headers, value: record.value });
}

export interface AllocationRow {
  id: string; version: number; state: string; need_id: string; line_id: string; structure_id: string; site_id: string;
  quantity: number; shipped: number; delivered: number; proposed: number;
}
type Reservation = Partial<EventData<typeof inventory.ReservationHeld>>;
type Place = { siteId?: string; category?: 'laptop' | 'tablet'; grade?: 'C' | 'B' | 'A' | 'PREMIUM'; earmark?: string | null };

/** Matching with its neighbours played by the test. */
export class World {
  readonly coordinator = actor('coordinator');
  site = '';

  private constructor(readonly db: TestDatabase) {}

  static async open(): Promise<World> {
    const db = await createTestDatabase('matching', [...PLATFORM_MIGRATIONS, ...matchingService.migrations]);
    const world = new World(db);
    world.site = await world.openSite('69007');
    return world;
  }

  async hear(...events: Decoded[]): Promise<void> {
    await this.db.worker((tx) => applyEvents(tx, events, handlers));
  }

  async openSite(postalCode: string): Promise<string> {
    const siteId = randomUUID();
    await this.hear(event(directory.SiteRegistered, siteId, 1, { siteId, state: 'open', postalCode, weeklyCapacity: 100, bins: [] }));
    return siteId;
  }

  /** A person of a new, approved structure. */
  async structure(of: Partial<EventData<typeof directory.OrganisationApproved>> = {}): Promise<Actor & { organisationId: string }> {
    const organisationId = of.organisationId ?? randomUUID();
    await this.hear(event(directory.OrganisationApproved, organisationId, 2, {
      organisationId, state: 'approved', activity: 'structure', kind: 'association', postalCode: '69100', peopleServed: 100, quotaPerQuarter: 100, approvedUntil: null, ...of,
    }));
    return { ...actor('structure', { organisationId }), organisationId };
  }

  /** New items in stock; their ids. */
  async stock(count: number, { siteId = this.site, category = 'laptop', grade = 'B', earmark = null }: Place = {}): Promise<string[]> {
    const ids = Array.from({ length: count }, () => randomUUID());
    await this.hear(...ids.map((itemId) => event(inventory.ItemStocked, itemId, 1, { itemId, siteId, category, grade, earmark, state: 'in-stock', reservationId: null })));
    return ids;
  }

  async reserveItems(ids: readonly string[], reservationId: string): Promise<void> {
    await this.hear(...ids.map((itemId) =>
      event(inventory.ItemReserved, itemId, 2, { itemId, siteId: this.site, category: 'laptop', grade: 'B', earmark: null, state: 'reserved', reservationId })));
  }

  state(who: Actor, lines: readonly Partial<StatedLine>[], topUps = 0): Promise<NeedView> {
    const whole = lines.map((line): StatedLine => ({ category: 'laptop', minGrade: 'C', quantity: 1, urgency: 2, public: 'students', reason: '', maxPriceCents: null, ...line }));
    return this.db.as(who, (tx) => stateNeed(tx, { lines: whole, topUps }));
  }

  /** A stated and approved need. */
  async need(who: Actor, ...lines: readonly Partial<StatedLine>[]): Promise<NeedView> {
    const { needId, version } = await this.state(who, lines);
    return this.db.as(this.coordinator, (tx) => approveNeed(tx, { needId, version, urgencies: [] }));
  }

  /** Asks for a round; its id and its job's. */
  async request(): Promise<{ roundId: string; jobId: string }> {
    const roundId = await this.db.as(this.coordinator, (tx) => requestRound(tx, 'coordinator'));
    const [job] = await this.db.sql<{ id: string }>(`select id from job where data ->> 'roundId' = $1`, [roundId]);
    return { roundId: roundId!, jobId: job!.id };
  }

  /** One run of a job, as the queue would start it. */
  run(jobId: string): Promise<void> {
    const idle: Queues = { check: () => Promise.resolve(), queue: () => { throw new Error('not used'); }, worker: () => ({ close: async () => undefined }) };
    return new JobWorker(this.db.database.worker, idle, runRound as never, createLog('silent')).run(jobId);
  }

  /** A whole round; its id and the allocations it made, by structure. */
  async round(): Promise<{ roundId: string; allocations: AllocationRow[] }> {
    const { roundId, jobId } = await this.request();
    await this.run(jobId);
    return { roundId, allocations: await this.allocations(roundId) };
  }

  allocations(roundId: string): Promise<AllocationRow[]> {
    return this.db.sql<AllocationRow>('select * from allocation where round_id = $1 order by line_id, id', [roundId]);
  }

  async allocation(id: string): Promise<AllocationRow> {
    const [row] = await this.db.sql<AllocationRow>('select * from allocation where id = $1', [id]);
    return row!;
  }

  /** `asked/open/allocated/shipped/delivered/cancelled` of a need's lines. */
  async counters(needId: string): Promise<string[]> {
    const rows = await this.db.sql<{ counters: string }>(
      `select format('%s/%s/%s/%s/%s/%s', asked, open, allocated, shipped, delivered, cancelled) as counters from need_line where need_id = $1 order by position`, [needId]);
    return rows.map((row) => row.counters);
  }

  async needState(needId: string): Promise<string> {
    const [row] = await this.db.sql<{ state: string }>('select state from need where id = $1', [needId]);
    return row!.state;
  }

  async quotaUsed(structureId: string): Promise<number> {
    const [row] = await this.db.sql<{ used: number }>('select coalesce(sum(used), 0)::int as used from quota_use where structure_id = $1', [structureId]);
    return row!.used;
  }

  async assignmentsOf(roundId: string): Promise<Assignment[]> {
    const [row] = await this.db.sql<{ assignments: Assignment[] }>(`select solution -> 'assignments' as assignments from round_work where round_id = $1`, [roundId]);
    return row!.assignments;
  }

  /** What inventory says of a reservation. */
  inventorySays(definition: typeof inventory.ReservationHeld, reservationId: string, of: Reservation & { items?: number }): Promise<void> {
    const { items = 0, ...rest } = of;
    const data = { reservationId, state: 'held' as const, siteId: this.site, asked: items, itemIds: Array.from({ length: items }, () => randomUUID()), shortfall: 0, expiresAt: null, ...rest };
    return this.hear(event(definition, reservationId, 2, data));
  }

  hold(reservationId: string, items: number): Promise<void> {
    return this.inventorySays(inventory.ReservationHeld, reservationId, { items });
  }

  /** What dispatch says of a parcel that holds so many devices of each reservation. */
  dispatchSays(definition: typeof dispatch.ParcelHandedOver, counts: Readonly<Record<string, number>>, missing = 0): Promise<void> {
    const content = Object.entries(counts).flatMap(([reservationId, count]) => Array.from({ length: count }, () => ({ itemId: randomUUID(), reservationId })));
    const shipmentId = randomUUID();
    const data = {
      shipmentId, siteId: this.site, structureId: randomUUID(), state: 'handed-over' as const, parcelId: randomUUID(), content,
      missing: content.slice(0, missing).map(({ itemId }) => itemId), sealIntact: true,
    };
    return this.hear(event(definition, shipmentId, 1, data));
  }

  /** Names of the events of a key, in order: `need-submitted`. */
  async announced(key: string): Promise<string[]> {
    const rows = await this.db.sql<{ name: string }>(`select split_part(type, '.', 4) as name from outbox where key = $1 order by position`, [key]);
    return rows.map(({ name }) => name);
  }

  /** How many rows each invariant speaks of. */
  async examined(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const { name, examined } of matchingService.invariants) counts[name] = (await this.db.sql<{ n: number }>(examined))[0]!.n;
    return counts;
  }

  /** @throws Error naming what is broken now: of the service's invariants, and of each aggregate's history */
  async verify(): Promise<void> {
    const found = await this.#violations();
    if (found.length > 0) throw new Error(found.join('\n'));
  }

  async #violations(): Promise<string[]> {
    const found: string[] = [];
    for (const { name, violations: sql } of matchingService.invariants) {
      for (const row of await this.db.sql<{ id: string; detail: string }>(sql)) found.push(`${name} ${row.id}: ${row.detail}`);
    }
    for (const { table, topic, transitions } of matchingService.aggregates) {
      const rows = await this.db.sql<{ id: string; version: number; state: string; states: string[]; versions: number[] }>(
        `select a.id, a.version, a.state, array_agg(o.data::jsonb ->> 'state' order by o.version, o.n) as states, array_agg(distinct o.version order by o.version) as versions
         from ${table} a left join outbox o on o.topic = $1 and o.key = a.id::text group by a.id`, [topic]);
      for (const { id, version, state, states, versions } of rows) {
        if (versions.join() !== Array.from({ length: version }, (_, i) => i + 1).join()) found.push(`${table} ${id}: version ${version}, events ${versions.join()}`);
        if (states.at(-1) !== state) found.push(`${table} ${id}: is ${state}, last said ${states.at(-1)}`);
        for (const [i, next] of states.entries()) {
          const before = states[i - 1] ?? '';
          if (next !== before && !transitions[before]?.includes(next)) found.push(`${table} ${id}: ${before} → ${next}`);
        }
      }
    }
    return found;
  }
}
