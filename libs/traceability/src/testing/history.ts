import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import type { EventData, EventDefinition } from '@lacollecte/contracts';
import { type Decoded, decode, EventConsumer, type Handler, type HandlerOptions, type Handlers, PLATFORM_MIGRATIONS, toRecord, type Transport } from '@lacollecte/messaging';
import { createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { PATTERN_EXTRAS_METADATA, PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import { TraceabilityConsumer } from '../events/traceability.consumer.js';
import { traceabilityService } from '../traceability.service.js';

const consumer = new TraceabilityConsumer();
const method = TraceabilityConsumer.prototype.heard;
const handler: Handler = {
  ...(Reflect.getMetadata(PATTERN_EXTRAS_METADATA, method) as HandlerOptions<never>), handle: (data, context) => consumer.heard(data, context),
};
/** The service's one handler, by all types it is written for. */
const handlers: Handlers = new Map((Reflect.getMetadata(PATTERN_METADATA, method) as string[]).map((type) => [type, handler]));
const nothing = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

interface Circumstances {
  readonly at?: string;
  readonly version?: number;
  readonly actor?: string | null;
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly id?: string;
}

/** An event as it comes from the transport. */
export function told<D extends EventDefinition>(definition: D, key: string, data: EventData<D>, circumstances: Circumstances = {}): Decoded {
  const { at = '2026-11-02T10:00:00.000Z', version = 1, actor = 'system', correlationId = key, causationId = null, id = randomUUID() } = circumstances;
  const record = toRecord({
    position: '1', id, topic: definition.topic, key, version, n: 0, type: definition.type, occurred_at: new Date(at),
    correlation_id: correlationId, causation_id: causationId, actor, traceparent: null, data: JSON.stringify(data),
  });
  return decode({ topic: record.topic, partition: 0, offset: 0n, timestamp: new Date(at), key: Buffer.from(key), headers: record.headers, value: record.value });
}

/** The service on a real database, hearing what a test tells it, inbox and all. */
export class History {
  private constructor(readonly db: TestDatabase) {}

  static async open(): Promise<History> {
    return new History(await createTestDatabase('traceability', [...PLATFORM_MIGRATIONS, ...traceabilityService.migrations]));
  }

  /** One batch, as the consumer applies it. */
  async hear(...events: readonly Decoded[]): Promise<void> {
    await new EventConsumer('traceability', this.db.database.worker, {} as Transport, handlers, nothing).apply(events, new AbortController().signal);
  }

  close(): Promise<void> {
    return this.db.close();
  }
}
