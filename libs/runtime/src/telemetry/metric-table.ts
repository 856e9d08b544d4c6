/** A metric of ours. Its name in Prometheus follows from name, kind and unit, as OpenTelemetry says. */
export interface Metric {
  readonly name: string;
  readonly kind: 'counter' | 'histogram' | 'gauge';
  /** UCUM: `s`, or what is counted in braces; '' for yes and no. */
  readonly unit: string;
  readonly says: string;
}

const metric = (kind: Metric['kind'], name: string, unit: string, says: string): Metric => ({ kind, name, unit, says });

/** Everything that is measured: names of OpenTelemetry's semantic conventions for messaging first, then ours. */
export const METRICS = {
  sent: metric('counter', 'messaging.client.sent.messages', '{message}', 'Events handed to the transport, with error.type where not acknowledged'),
  operation: metric('histogram', 'messaging.client.operation.duration', 's', 'One request of the relay to the transport'),
  consumed: metric('counter', 'messaging.client.consumed.messages', '{message}', 'Deliveries that were committed'),
  process: metric('histogram', 'messaging.process.duration', 's', 'One batch of deliveries, from the first statement to the commit'),
  latency: metric('histogram', 'lacollecte.event.latency', 's', 'From when it happened to when it was published, or applied by this service, by type and hop'),
  recall: metric('histogram', 'lacollecte.recall.to.mark', 's', 'From the recall of a device to its mark here'),
  duplicates: metric('counter', 'lacollecte.duplicates', '{message}', 'Deliveries of what was known already'),
  parkedTotal: metric('counter', 'lacollecte.parkings', '{event}', 'Events that were parked, by reason'),
  jobRuns: metric('counter', 'lacollecte.job.runs', '{run}', 'Runs of jobs, by outcome'),
  jobDuration: metric('histogram', 'lacollecte.job.duration', 's', 'One run of a job'),
  jobsGivenUp: metric('counter', 'lacollecte.jobs.given.up', '{job}', 'Jobs that have failed for the last time'),
  illegal: metric('counter', 'lacollecte.illegal.transitions', '{transition}', 'Changes of state in the history that the state machine does not have'),
  up: metric('gauge', 'lacollecte.consumer.running', '', '1 while the consumer runs, 0 once it has stopped by itself'),
  outboxPending: metric('gauge', 'lacollecte.outbox.pending', '{event}', 'Events that were decided and are not published yet'),
  outboxAge: metric('gauge', 'lacollecte.outbox.oldest.age', 's', 'Age of the oldest of them'),
  outboxParked: metric('gauge', 'lacollecte.outbox.parked', '{event}', 'Events that can never be sent'),
  lag: metric('gauge', 'lacollecte.consumer.lag', '{message}', 'Records of a topic that this service has yet to read'),
  lagAge: metric('gauge', 'lacollecte.consumer.lag.age', 's', 'How long the oldest of them waits'),
  progress: metric('gauge', 'lacollecte.consumer.progress.age', 's', 'Since a batch last came to its end in this process, where something waits'),
  parked: metric('gauge', 'lacollecte.parked.events', '{event}', 'Parked events, and those held behind them, by reason'),
  parkedAge: metric('gauge', 'lacollecte.parked.oldest.age', 's', 'Age of the oldest parked event'),
  jobs: metric('gauge', 'lacollecte.jobs', '{job}', 'Jobs that are not done, by queue and state'),
  jobsOverdue: metric('gauge', 'lacollecte.jobs.overdue.age', 's', 'How long the job that is most overdue has been due'),
  violations: metric('gauge', 'lacollecte.invariant.violations', '{row}', 'Rows that break a rule of the trade, by rule, when last checked'),
  checkAge: metric('gauge', 'lacollecte.invariant.check.age', 's', 'Since the rules were last checked to the end'),
  aggregates: metric('gauge', 'lacollecte.aggregates', '{row}', 'Lots, devices, items … by state'),
  skew: metric('gauge', 'lacollecte.clock.skew', 's', "This process's clock less the database's"),
} as const satisfies Record<string, Metric>;

export type MetricKey = keyof typeof METRICS;

/** The specification's way to Prometheus ends a name with its unit; the exporter of 0.301 leaves that out. */
export function withUnit(name: string, unit: string): string {
  return unit === 's' ? `${name}.seconds` : name;
}

/** The name in Prometheus; of a histogram without `_bucket`, `_sum`, `_count`. */
export function prometheusName({ name, kind, unit }: Metric): string {
  return `${withUnit(name, unit).replaceAll('.', '_')}${kind === 'counter' ? '_total' : ''}`;
}
