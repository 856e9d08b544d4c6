import type { MetricData, ResourceMetrics } from '@opentelemetry/sdk-metrics';
import { METRICS, withUnit } from './metric-table.js';
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

/** OpenTelemetry's metrics and its Prometheus exporter: loaded only by a process that has a port for them. `system`: see Recorder. */
export async function serviceMetrics(probes: Probes, patrol: Patrol, system: string): Promise<Metrics> {
  const [{ DataPointType, AggregationTemporality, MeterProvider }, { PrometheusExporter, PrometheusSerializer }, { resourceFromAttributes }, { ValueType }] = await Promise.all([
    import('@opentelemetry/sdk-metrics'), import('@opentelemetry/exporter-prometheus'), import('@opentelemetry/resources'), import('@opentelemetry/api'),
  ]);
  const service = probes.subject.definition.name;
  const reader = new PrometheusExporter({ preventServerStart: true });
  const serializer = new PrometheusSerializer('', false, /^service\.name$/, true, true);
  const resource = resourceFromAttributes({ 'service.name': service });
  const meter = new MeterProvider({ readers: [reader], resource }).getMeter('lacollecte');
  const gauges = new Gauges(probes, patrol);

  /** An instrument would go on to tell what it was told last, of what is gone or cannot be read any more. */
  const gauge = (readings: readonly Reading[]): MetricData => {
    const { name, unit, says } = METRICS[readings[0]!.metric];
    const dataPoints = readings.map(({ value, attributes = {} }) => ({ startTime: NO_TIME, endTime: NO_TIME, attributes: { ...attributes }, value }));
    return {
      descriptor: { name, unit, description: says, valueType: ValueType.DOUBLE }, aggregationTemporality: AggregationTemporality.CUMULATIVE, dataPointType: DataPointType.GAUGE, dataPoints,
    };
  };
  return {
    recorder: new Recorder(meter, system, service),
    scrape: async () => {
      const [{ resourceMetrics }, readings] = await Promise.all([reader.collect({ timeoutMillis: SCRAPE_MS }), gauges.read()]);
      const read = [...Map.groupBy(readings, ({ metric }) => metric).values()].map(gauge);
      return serializer.serialize(named({ resource, scopeMetrics: [...resourceMetrics.scopeMetrics, { scope: { name: 'lacollecte' }, metrics: read }] }));
    },
  };
}

/** They go without. */
const NO_TIME: [number, number] = [0, 0];

function named({ resource, scopeMetrics }: ResourceMetrics): ResourceMetrics {
  const withName = (metric: MetricData): MetricData => ({ ...metric, descriptor: { ...metric.descriptor, name: withUnit(metric.descriptor.name, metric.descriptor.unit) } });
  return { resource, scopeMetrics: scopeMetrics.map(({ scope, metrics }) => ({ scope, metrics: metrics.map(withName) })) };
}
