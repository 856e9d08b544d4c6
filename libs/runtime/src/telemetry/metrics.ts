import type { ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { METRICS, type MetricKey, withUnit } from './metric-table.js';
import { Gauges, type Reading } from './gauges.js';
import type { Patrol } from './patrol.js';
import type { Probes } from './probes.js';
import { Recorder } from './recorder.js';

export interface Metrics {
  readonly recorder: Recorder;
  /** Reads what is read when asked, and gives all of it in Prometheus's text format. */
  scrape(): Promise<string>;
}

const SCRAPE_MS = 8_000;

/** OpenTelemetry's metrics and its Prometheus exporter: loaded only by a process that has a port for them (28 MB). */
export async function openMetrics(service: string, system: string): Promise<Metrics & { gather(read: () => Promise<Reading[]>): void }> {
  const [{ MeterProvider }, { PrometheusExporter, PrometheusSerializer }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/sdk-metrics'), import('@opentelemetry/exporter-prometheus'), import('@opentelemetry/resources'),
  ]);
  const reader = new PrometheusExporter({ preventServerStart: true });
  const serializer = new PrometheusSerializer('', false, /^service\.name$/, true, true);
  const meter = new MeterProvider({ readers: [reader], resource: resourceFromAttributes({ 'service.name': service }) }).getMeter('lacollecte');
  const gauges = new Map(
    Object.entries(METRICS).filter(([, { kind }]) => kind === 'gauge').map(([key, { name, unit, says }]) => [key as MetricKey, meter.createObservableGauge(name, { unit, description: says })]),
  );
  return {
    recorder: new Recorder(meter, system, service),
    gather: (read) =>
      meter.addBatchObservableCallback(async (result) => {
        for (const { metric, value, attributes } of await read()) result.observe(gauges.get(metric)!, value, { ...attributes });
      }, [...gauges.values()]),
    scrape: async () => serializer.serialize(named((await reader.collect({ timeoutMillis: SCRAPE_MS })).resourceMetrics)),
  };
}

/** Those of a service. */
export async function serviceMetrics(probes: Probes, patrol: Patrol, system: string): Promise<Metrics> {
  const metrics = await openMetrics(probes.subject.definition.name, system);
  const gauges = new Gauges(probes, patrol);
  metrics.gather(() => gauges.read());
  return metrics;
}

function named(resourceMetrics: ResourceMetrics): ResourceMetrics {
  const scopeMetrics = resourceMetrics.scopeMetrics.map(({ scope, metrics }) => ({
    scope, metrics: metrics.map((metric) => ({ ...metric, descriptor: { ...metric.descriptor, name: withUnit(metric.descriptor.name, metric.descriptor.unit) } })),
  }));
  return { ...resourceMetrics, scopeMetrics };
}
