import { NO_CAUSE, SYSTEM, type Database } from '@lacollecte/database';
import type { EventStrategy, JobQueue, Parking, Transport } from '@lacollecte/messaging';
import type { ServiceDefinition } from './service.js';
import type { Flow } from './telemetry/flow.js';
import type { Patrol } from './telemetry/patrol.js';

export interface Health {
  readonly service: string;
  /** `ready`: serves; `degraded`: serves, but something waits for operations; `down`: must not get requests. */
  readonly status: 'ready' | 'degraded' | 'down';
  readonly database: 'up' | 'down';
  readonly consumer: 'running' | 'stopped';
  /** Why the consumer stopped, where it did. */
  readonly consumerFailure: string | null;
  readonly outboxPending: number | null;
  readonly parkedKeys: number | null;
  /** Given up in the last 24 hours. */
  readonly failedJobs: number | null;
}

/** What the platform's own routes need to know of the service they are in. */
export class ServiceState {
  constructor(
    readonly definition: ServiceDefinition,
    readonly database: Database,
    private readonly strategy: EventStrategy,
    readonly openApi: object,
    readonly transport: Transport,
    readonly queues: ReadonlyMap<string, JobQueue>,
    readonly flow: Flow,
    readonly patrol: Patrol,
  ) {}

  get parking(): Parking {
    return this.strategy.parking;
  }

  async health(): Promise<Health> {
    const failure = this.strategy.consumer.failure;
    const base = { service: this.definition.name, consumer: failure ? 'stopped' : 'running', consumerFailure: failure?.message ?? null } as const;
    try {
      const row = await this.database.worker.transaction(SYSTEM, NO_CAUSE, (tx) =>
        tx.one<{ pending: number; parked: number; failed: number }>(
          `select (select count(*)::int from outbox_pending) as pending,
             (select count(*)::int from parked_key) + (select count(*)::int from outbox_pending where parked_reason is not null) as parked,
             (select count(*)::int from job where error is not null and done_at > now() - interval '24 hours') as failed`,
        ),
      );
      const status = failure ? 'down' : row!.parked + row!.failed > 0 ? 'degraded' : 'ready';
      return { ...base, status, database: 'up', outboxPending: row!.pending, parkedKeys: row!.parked, failedJobs: row!.failed };
    } catch {
      return { ...base, status: 'down', database: 'down', outboxPending: null, parkedKeys: null, failedJobs: null };
    }
  }
}
