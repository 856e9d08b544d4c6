import { topicsConsumedBy } from '@lacollecte/contracts';
import { NO_CAUSE, SYSTEM, type Tx } from '@lacollecte/database';
import type { PartitionLag } from '@lacollecte/messaging';
import type { Patrol } from './patrol.js';
import type { MetricKey } from './metric-table.js';
import type { Probes, ProbeSubject } from './probes.js';

export interface Reading {
  readonly metric: MetricKey;
  readonly value: number;
  readonly attributes?: Readonly<Record<string, string>>;
}

interface Labelled {
  readonly name: string;
  readonly state: string;
  readonly n: number;
}

/** Counting all rows by state costs most: no more often than this. */
const STATES_EVERY_MS = 60_000;

const OUTBOX = `select count(*) filter (where parked_reason is null)::int as pending, count(*) filter (where parked_reason is not null)::int as parked,
  coalesce((select extract(epoch from now() - o.occurred_at)::float8 from outbox_pending p join outbox o using (position)
    where p.parked_reason is null order by p.position limit 1), 0) as age from outbox_pending`;
/** Why an event is parked; `held`: behind one that is. */
const REASONS = ['undecodable', 'unknown-type', 'schema', 'handler', 'held'];
const PARKED = `select coalesce(reason, 'held') as reason, count(*)::int as n, extract(epoch from now() - min(parked_at))::float8 as age from parked_event group by 1`;
/** `retrying` has failed; `delayed` is not due yet; `waiting` is to be handed to the queue; `queued` is there, or runs. */
const JOBS = `select queue as name, case when due_at > now() and error is null then 'delayed' when error is not null then 'retrying' when enqueued_at is null then 'waiting' else 'queued' end as state,
  count(*)::int as n from job where done_at is null group by 1, 2`;
const OVERDUE = `select queue as name, greatest(0, extract(epoch from now() - min(due_at)))::float8 as age from job where done_at is null group by 1`;

/** What is read when somebody asks, from the tables and the transport: a handful of statements. */
export class Gauges {
  #states: { at: number; readings: readonly Reading[] } = { at: 0, readings: [] };

  constructor(
    private readonly probes: Probes,
    private readonly patrol: Patrol,
  ) {}

  get #subject(): ProbeSubject {
    return this.probes.subject;
  }

  /** Leaves out what cannot be had: an alert notices what is absent. */
  async read(): Promise<Reading[]> {
    const parts = [this.#tables(), this.#lag(), this.#skew()].map((part) => part.catch((): Reading[] => []));
    const up: Reading = { metric: 'up', value: this.#subject.consumer()?.failure ? 0 : 1 };
    return [up, ...(await Promise.all(parts)).flat(), ...this.patrol.readings()];
  }

  #tables(): Promise<Reading[]> {
    return this.#subject.database.worker.transaction(SYSTEM, NO_CAUSE, async (tx) => {
      const outbox = (await tx.one<{ pending: number; parked: number; age: number }>(OUTBOX))!;
      const parked = await tx.query<{ reason: string; n: number; age: number }>(PARKED);
      const jobs = await tx.query<Labelled>(JOBS);
      const overdue = await tx.query<{ name: string; age: number }>(OVERDUE);
      return [
        { metric: 'outboxPending', value: outbox.pending },
        { metric: 'outboxAge', value: outbox.age },
        { metric: 'outboxParked', value: outbox.parked },
        ...REASONS.map((reason): Reading => ({ metric: 'parked', value: parked.find((row) => row.reason === reason)?.n ?? 0, attributes: { reason } })),
        { metric: 'parkedAge', value: Math.max(0, ...parked.map(({ age }) => age)) },
        ...jobs.map(({ name, state, n }): Reading => ({ metric: 'jobs', value: n, attributes: { queue: name, state } })),
        ...overdue.map(({ name, age }): Reading => ({ metric: 'jobsOverdue', value: age, attributes: { queue: name } })),
        ...(await this.#aggregates(tx)),
      ];
    });
  }

  async #aggregates(tx: Tx): Promise<readonly Reading[]> {
    if (Date.now() - this.#states.at < STATES_EVERY_MS) return this.#states.readings;
    const readings: Reading[] = [];
    for (const { table, topic } of this.#subject.definition.aggregates) {
      const rows = await tx.query<{ state: string; n: number }>(`select state, count(*)::int as n from ${table} group by state`);
      readings.push(...rows.map(({ state, n }): Reading => ({ metric: 'aggregates', value: n, attributes: { aggregate: topic, state } })));
    }
    this.#states = { at: Date.now(), readings };
    return readings;
  }

  async #lag(): Promise<Reading[]> {
    const { definition, transport, observer } = this.#subject;
    const lags = await transport.lag(definition.name, topicsConsumedBy(definition.name));
    return lagByTopic(lags).flatMap(({ topic, messages, seconds }): Reading[] => {
      const moved = observer.progressOf(topic);
      const attributes = { topic };
      return [
        { metric: 'lag', value: messages, attributes },
        { metric: 'lagAge', value: seconds, attributes },
        // Where nothing waits, no progress is none that is missing.
        { metric: 'progress', value: messages === 0 || moved === 0 ? 0 : (Date.now() - moved) / 1000, attributes },
      ];
    });
  }

  async #skew(): Promise<Reading[]> {
    return [{ metric: 'skew', value: await this.probes.skew() }];
  }
}

export interface TopicLag {
  readonly topic: string;
  readonly messages: number;
  /** How long the oldest waits. */
  readonly seconds: number;
}

export function lagByTopic(lags: readonly PartitionLag[]): TopicLag[] {
  return [...Map.groupBy(lags, ({ topic }) => topic)].map(([topic, partitions]) => {
    const waiting = partitions.filter(({ committed, end }) => committed < end);
    return {
      topic,
      messages: waiting.reduce((sum, { committed, end }) => sum + Number(end - committed), 0),
      seconds: Math.max(0, ...waiting.map(({ nextAt }) => (nextAt ? (Date.now() - nextAt.getTime()) / 1000 : 0))),
    };
  });
}
