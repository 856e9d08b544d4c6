import { topicsConsumedBy } from '@lacollecte/contracts';
import { Endpoint, Input, type InputOf, spec } from '@lacollecte/http';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ServiceState } from '../service-state.js';
import { lagByTopic } from '../telemetry/gauges.js';
import { UnitOfWork } from '../unit-of-work.js';
import { jobsByQueue, outboxState, pace, throughput } from './operations.queries.js';

const roles = ['ops', 'admin'] as const;
const GroupView = z.object({
  topic: z.string(),
  group: z.string(),
  /** Records that wait, and for how long the oldest has: with Kafka right within a factor of two. */
  lagMessages: z.int(),
  lagSeconds: z.number(),
  partitions: z.array(z.object({ partition: z.int(), committed: z.string(), end: z.string(), nextAt: z.iso.datetime().nullable() })),
});
const topicsSpec = spec({ summary: 'Topics that this service reads, and how far it has come in each', roles, returns: z.array(GroupView) });
const outboxSpec = spec({
  summary: 'What this service has decided and not published yet',
  roles,
  returns: z.object({
    pending: z.int(),
    oldestAt: z.iso.datetime().nullable(),
    /** Can never be sent; later events of the key wait behind (200 at most). */
    parked: z.array(z.object({ eventId: z.string(), type: z.string(), topic: z.string(), key: z.string(), occurredAt: z.iso.datetime(), reason: z.string() })),
  }),
});
const queuesSpec = spec({
  summary: 'Job queues: the jobs that are not done, by state, and what the queue itself says',
  roles,
  returns: z.array(z.object({
    queue: z.string(),
    jobs: z.object({ waiting: z.int(), delayed: z.int(), queued: z.int(), retrying: z.int() }),
    oldestDueAt: z.iso.datetime().nullable(),
    /** BullMQ's own counts; null where it does not answer. */
    backend: z.record(z.string(), z.int()).nullable(),
  })),
});
const throughputSpec = spec({
  summary: 'Events by hour: announced by this service, and applied by it',
  roles,
  query: z.object({ hours: z.coerce.number().int().min(1).max(48).default(24) }),
  returns: z.array(z.object({ hour: z.iso.datetime(), announced: z.int(), applied: z.int() })),
});
const Moved = { announced: z.int(), applied: z.int() };
const paceSpec = spec({
  summary: 'Events by minute of the last hour, and of the last 60 seconds by topic: announced by this service, and applied by it',
  roles,
  returns: z.object({ at: z.iso.datetime(), minutes: z.array(z.object({ minute: z.iso.datetime(), ...Moved })), topics: z.array(z.object({ topic: z.string(), ...Moved })) }),
});

const invariantsSpec = spec({
  summary: 'The rules of the trade that hold at all times here, and what the last look has found; nulls before the first',
  roles,
  returns: z.array(z.object({ name: z.string(), says: z.string(), violations: z.int().nullable(), examined: z.int().nullable(), checkedAt: z.iso.datetime().nullable() })),
});

/** How the service is doing, for those who run it. */
@Controller('operations')
export class OperationsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly state: ServiceState,
  ) {}

  @Endpoint('GET', 'topics', topicsSpec)
  async topics() {
    const group = this.state.definition.name;
    const lags = await this.state.transport.lag(group, topicsConsumedBy(group));
    return lagByTopic(lags).map(({ topic, messages, seconds }) => ({
      topic, group, lagMessages: messages, lagSeconds: seconds,
      partitions: lags.filter((lag) => lag.topic === topic).map(({ partition, committed, end, nextAt }) => ({ partition, committed: `${committed}`, end: `${end}`, nextAt })),
    }));
  }

  @Endpoint('GET', 'outbox', outboxSpec)
  outbox() {
    return this.uow.run(outboxState);
  }

  @Endpoint('GET', 'queues', queuesSpec)
  async queues() {
    const rows = await this.uow.run(jobsByQueue);
    const none = { jobs: { waiting: 0, delayed: 0, queued: 0, retrying: 0 }, oldestDueAt: null };
    return Promise.all(
      [...this.state.queues].map(async ([queue, jobQueue]) => ({
        ...(rows.find((row) => row.queue === queue) ?? { queue, ...none }), backend: await jobQueue.counts().catch(() => null),
      })),
    );
  }

  @Endpoint('GET', 'throughput', throughputSpec)
  throughput(@Input() { query }: InputOf<typeof throughputSpec>) {
    return this.uow.run((tx) => throughput(tx, query.hours));
  }

  @Endpoint('GET', 'pace', paceSpec)
  pace() {
    return this.uow.run(pace);
  }

  @Endpoint('GET', 'invariants', invariantsSpec)
  invariants() {
    return this.state.patrol.rules().map(({ checkedAt, ...rule }) => ({ ...rule, checkedAt: checkedAt?.toISOString() ?? null }));
  }
}
