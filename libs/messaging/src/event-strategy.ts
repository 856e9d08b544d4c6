import { typesConsumedBy, type ServiceName } from '@lacollecte/contracts';
import type { Pool } from '@lacollecte/database';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { Handler, Handlers } from './apply.js';
import { EventConsumer } from './consumer.js';
import type { EventContext, HandlerOptions } from './handler.js';
import type { MessagingLog } from './log.js';
import { type MessagingObserver, UNOBSERVED } from './observer.js';
import { Parking } from './parking.js';
import type { Transport } from './transport.js';

/** The service's handlers are not those that the contract names. */
export class ContractMismatch extends Error {}

/**
 * Nest's way to our transport: `@EventPattern(type)` methods are handlers. Refuses to start where they differ from the
 * types that the contract says this service consumes.
 */
export class EventStrategy extends Server implements CustomTransportStrategy {
  #consumer: EventConsumer | null = null;
  #parking: Parking | null = null;

  constructor(
    private readonly service: ServiceName,
    private readonly worker: Pool,
    private readonly transport: Transport,
    private readonly log: MessagingLog,
    private readonly observer: MessagingObserver = UNOBSERVED,
  ) {
    super();
  }

  /** Undefined until then. */
  get started(): EventConsumer | undefined {
    return this.#consumer ?? undefined;
  }

  get consumer(): EventConsumer {
    if (!this.#consumer) throw new Error('the consumer has not been started');
    return this.#consumer;
  }

  get parking(): Parking {
    if (!this.#parking) throw new Error('the consumer has not been started');
    return this.#parking;
  }

  listen(callback: (error?: Error) => void): void {
    this.#start().then(() => callback(), callback);
  }

  async #start(): Promise<void> {
    const handlers = this.#handlers();
    this.#parking = new Parking(this.worker, handlers);
    this.#consumer = new EventConsumer(this.service, this.worker, this.transport, handlers, this.log, this.observer);
    await this.#consumer.start();
  }

  #handlers(): Handlers {
    const handlers = new Map<string, Handler>();
    // One method of several types has the same options under each, and gets what follows upon another in one batch.
    const methods = new Map<unknown, Handler>();
    for (const [type, callback] of this.messageHandlers) {
      if (callback.next) throw new ContractMismatch(`${this.service} has two handlers for ${type}`);
      const options = (callback.extras ?? {}) as HandlerOptions<never>;
      const handler: Handler = methods.get(callback.extras) ?? {
        ...options,
        handle: async (data: unknown, context: EventContext) => {
          const result: unknown = await callback(data, context);
          if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
        },
      };
      if (callback.extras) methods.set(callback.extras, handler);
      handlers.set(type, handler);
    }
    const expected = typesConsumedBy(this.service);
    const missing = expected.filter((type) => !handlers.has(type));
    const unexpected = [...handlers.keys()].filter((type) => !expected.includes(type));
    if (missing.length + unexpected.length > 0) {
      throw new ContractMismatch(`${this.service}: no handler for [${missing.join(', ')}]; not in the contract: [${unexpected.join(', ')}]`);
    }
    return handlers;
  }

  async close(): Promise<void> {
    await this.#consumer?.stop();
  }

  override on(): never {
    throw new Error('this transport has no client events');
  }

  override unwrap(): never {
    throw new Error('this transport has no driver of its own; see Transport');
  }
}
