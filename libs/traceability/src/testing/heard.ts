import { type EventData, type EventDefinition } from '@lacollecte/contracts';
import { applyEvents, type Decoded, decode, type EventContext, type Handlers, PLATFORM_MIGRATIONS, recordFresh, toRecord } from '@lacollecte/messaging';
import { createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { v7 } from 'uuid';
import { EveryEventConsumer, PROJECTIONS } from '../events/every-event.consumer.js';
import { traceabilityService } from '../traceability.service.js';

const consumer = new EveryEventConsumer();
const handlers: Handlers = new Map(
  PROJECTIONS.flatMap(({ types }) => types).map((type) => [type, { batch: true, method: consumer, handle: (data: unknown, context: EventContext) => consumer.heard(data as unknown[], context) }]),
);

export function traceabilityDatabase(): Promise<TestDatabase> {
  return createTestDatabase('traceability', [...PLATFORM_MIGRATIONS, ...traceabilityService.migrations]);
}

export interface About {
  readonly key: string;
  readonly version: number;
  /** Minutes after the beginning of the story. */
  readonly minute: number;
  readonly actor?: string | null;
  readonly correlationId?: string;
  readonly causationId?: string;
}

export const BEGIN = Date.UTC(2026, 9, 5, 8);
export const minute = (n: number): Date => new Date(BEGIN + n * 60_000);

/** An event as it comes from the transport. */
export function told<D extends EventDefinition>(definition: D, about: About, data: Partial<EventData<D>>): Decoded {
  const at = minute(about.minute);
  const record = toRecord({
    position: '1', id: v7({ msecs: at.getTime() }), topic: definition.topic, key: about.key, version: about.version, n: 0, type: definition.type, occurred_at: at,
    correlation_id: about.correlationId ?? null, causation_id: about.causationId ?? null, actor: about.actor === undefined ? 'system' : about.actor, traceparent: null,
    data: JSON.stringify({ ...(definition.example as object), ...data }),
  });
  return decode({ topic: record.topic, partition: 0, offset: 0n, timestamp: at, key: Buffer.from(about.key), headers: record.headers, value: record.value });
}

/** As the consumer does: what is new, in one transaction. */
export async function hear(db: TestDatabase, ...events: Decoded[]): Promise<void> {
  await db.worker(async (tx) => applyEvents(tx, await recordFresh(tx, events), handlers));
}
