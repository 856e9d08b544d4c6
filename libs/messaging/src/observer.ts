import type { Decoded, OutboxRow } from './cloud-event.js';
import type { ReceivedEvent } from './envelope.js';
import type { SendResult } from './transport.js';

/** Something that takes time, in a trace. What it leads to carries its `traceparent` (W3C). */
export interface Span {
  readonly traceparent: string;
  /** `error`: why it failed. */
  end(error?: unknown): void;
}

/** `parent`: what it is part of; `links`: what it also has to do with, where one piece of work serves many. */
export interface SpanStart {
  readonly kind: 'server' | 'producer' | 'consumer';
  readonly parent?: string | null;
  readonly links?: readonly (string | null)[];
  readonly attributes?: Readonly<Record<string, string | number>>;
}

/** One batch of deliveries that was committed. */
export interface AppliedBatch {
  readonly topic: string;
  readonly delivered: number;
  /** Of these, known already. */
  readonly duplicates: number;
  /** Those that had a handler. */
  readonly events: readonly ReceivedEvent[];
  readonly seconds: number;
}

/** Is told what messaging does, as it does it: must be quick, must not throw. */
export interface MessagingObserver {
  /** Null where nothing is traced; `start` is called only where something is. */
  trace(name: string, start: () => SpanStart): Span | null;
  /** A request to the transport and, in the order of the rows, what became of each. */
  sent(rows: readonly OutboxRow[], results: readonly SendResult[], seconds: number): void;
  applied(batch: AppliedBatch): void;
  parked(decoded: Decoded, reason: string): void;
  jobRun(queue: string, seconds: number, error: Error | null): void;
  /** It has failed for the last time; who waits for it is told. */
  jobGivenUp(queue: string): void;
}

/** Nobody listens. */
export const UNOBSERVED: MessagingObserver = { trace: () => null, sent: () => undefined, applied: () => undefined, parked: () => undefined, jobRun: () => undefined, jobGivenUp: () => undefined };

/** `work` in a span of its own; it gets what its doings carry on, or null where nothing is traced. */
export async function traced<T>(observer: MessagingObserver, name: string, start: () => SpanStart, work: (traceparent: string | null) => Promise<T>): Promise<T> {
  const span = observer.trace(name, start);
  try {
    const result = await work(span?.traceparent ?? null);
    span?.end();
    return result;
  } catch (error) {
    span?.end(error);
    throw error;
  }
}

export function secondsSince(start: number): number {
  return (performance.now() - start) / 1000;
}
