import { refurbishment } from '@lacollecte/contracts';
import type { AppliedBatch, OutboxRow, SendResult } from '@lacollecte/messaging';
import type { Attributes, Counter, Histogram, Meter } from '@opentelemetry/api';
import { type Metric, METRICS } from './metric-table.js';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3600];

function histogram(meter: Meter, { name, unit, says }: Metric): Histogram {
  return meter.createHistogram(name, { unit, description: says, advice: { explicitBucketBoundaries: SECONDS } });
}

function counter(meter: Meter, { name, unit, says }: Metric): Counter {
  return meter.createCounter(name, { unit, description: says });
}

/** Our clock and that of who wrote the time may differ by a little; nothing took less than no time. */
function since(time: Date | string): number {
  return Math.max(0, (Date.now() - new Date(time).getTime()) / 1000);
}

/** Counts in the process what is seen as it happens. */
export class Recorder {
  readonly #sent: Counter;
  readonly #operation: Histogram;
  readonly #consumed: Counter;
  readonly #process: Histogram;
  readonly #latency: Histogram;
  readonly #recall: Histogram;
  readonly #duplicates: Counter;
  readonly #parked: Counter;
  readonly #jobRuns: Counter;
  readonly #jobDuration: Histogram;
  readonly #jobsGivenUp: Counter;
  readonly #illegal: Counter;

  /** `system`: of OpenTelemetry's names for brokers, such as `kafka`. */
  constructor(meter: Meter, private readonly system: string, private readonly group: string) {
    this.#sent = counter(meter, METRICS.sent);
    this.#operation = histogram(meter, METRICS.operation);
    this.#consumed = counter(meter, METRICS.consumed);
    this.#process = histogram(meter, METRICS.process);
    this.#latency = histogram(meter, METRICS.latency);
    this.#recall = histogram(meter, METRICS.recall);
    this.#duplicates = counter(meter, METRICS.duplicates);
    this.#parked = counter(meter, METRICS.parkedTotal);
    this.#jobRuns = counter(meter, METRICS.jobRuns);
    this.#jobDuration = histogram(meter, METRICS.jobDuration);
    this.#jobsGivenUp = counter(meter, METRICS.jobsGivenUp);
    this.#illegal = counter(meter, METRICS.illegal);
  }

  #of(operation: string, topic: string): Attributes {
    return { 'messaging.system': this.system, 'messaging.operation.name': operation, 'messaging.destination.name': topic };
  }

  sent(rows: readonly OutboxRow[], results: readonly SendResult[], seconds: number): void {
    this.#operation.record(seconds, { 'messaging.system': this.system, 'messaging.operation.name': 'send' });
    for (const [i, row] of rows.entries()) {
      const { status } = results[i]!;
      this.#sent.add(1, { ...this.#of('send', row.topic), ...(status === 'acknowledged' ? {} : { 'error.type': status }) });
      if (status === 'acknowledged') this.#latency.record(since(row.occurred_at), { type: row.type, hop: 'published' });
    }
  }

  applied({ topic, delivered, duplicates, events, seconds }: AppliedBatch): void {
    const attributes = { ...this.#of('process', topic), 'messaging.consumer.group.name': this.group };
    this.#consumed.add(delivered, attributes);
    this.#process.record(seconds, attributes);
    if (duplicates > 0) this.#duplicates.add(duplicates, { topic });
    for (const { type, occurredAt, data } of events) {
      this.#latency.record(since(occurredAt), { type, hop: 'applied' });
      if (type === refurbishment.DeviceRecalled.type) this.#recall.record(since((data as { recalledAt: string }).recalledAt));
    }
  }

  parked(reason: string): void {
    this.#parked.add(1, { reason });
  }

  jobRun(queue: string, seconds: number, error: Error | null): void {
    this.#jobRuns.add(1, { queue, outcome: error ? 'failed' : 'ended' });
    this.#jobDuration.record(seconds, { queue });
  }

  jobGivenUp(queue: string): void {
    this.#jobsGivenUp.add(1, { queue });
  }

  illegal(topic: string, transitions: number): void {
    this.#illegal.add(transitions, { topic });
  }
}
