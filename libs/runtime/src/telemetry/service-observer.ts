import type { AppliedBatch, Decoded, MessagingObserver, OutboxRow, SendResult, Span, SpanStart } from '@lacollecte/messaging';
import { Flow } from './flow.js';
import type { Recorder } from './recorder.js';
import type { Tracing } from './tracing.js';

/** Hears what a service's messaging does, and passes it on to those who are there: watchers, metrics, traces, liveness. */
export class ServiceObserver implements MessagingObserver {
  readonly flow: Flow;
  /** Where there is a port for metrics. */
  recorder: Recorder | null = null;
  readonly #progress = new Map<string, number>();

  constructor(
    service: string,
    private readonly tracing: Tracing | null = null,
  ) {
    this.flow = new Flow(service);
  }

  /** When a batch of this topic last came to its end, in milliseconds; 0 where none has. */
  progressOf(topic: string): number {
    return this.#progress.get(topic) ?? 0;
  }

  trace(name: string, start: () => SpanStart): Span | null {
    return this.tracing?.trace(name, start) ?? null;
  }

  sent(rows: readonly OutboxRow[], results: readonly SendResult[], seconds: number): void {
    this.recorder?.sent(rows, results, seconds);
    this.flow.published(rows.filter((_, i) => results[i]!.status === 'acknowledged'));
  }

  applied(batch: AppliedBatch): void {
    this.#progress.set(batch.topic, Date.now());
    this.recorder?.applied(batch);
    this.flow.applied(batch);
  }

  parked(decoded: Decoded, reason: string): void {
    this.#progress.set(decoded.record.topic, Date.now());
    this.recorder?.parked(reason);
    this.flow.parked(decoded);
  }

  jobRun(queue: string, seconds: number, error: Error | null): void {
    this.recorder?.jobRun(queue, seconds, error);
  }

  jobGivenUp(queue: string): void {
    this.recorder?.jobGivenUp(queue);
  }
}
