import { AsyncLocalStorage } from 'node:async_hooks';
import type { Actor } from './actor.js';

/** What a change came from: follows one donation through all services. */
export interface Cause {
  /** The lot, need or shipment it began with. */
  readonly correlationId: string | null;
  /** The event, job or request that led to it. */
  readonly causationId: string | null;
  /** W3C trace context. */
  readonly traceparent: string | null;
}

export const NO_CAUSE: Cause = { correlationId: null, causationId: null, traceparent: null };

/** A client's key for a command that must take effect once. */
export interface IdempotencyClaim {
  readonly method: string;
  readonly route: string;
  readonly key: string;
  readonly bodyHash: string;
}

/** What is known of the request being answered. */
export interface RequestContext {
  readonly actor: Actor;
  readonly cause: Cause;
  readonly idempotency?: IdempotencyClaim;
}

export const requestContext = new AsyncLocalStorage<RequestContext>();
