import type { Context, SpanContext } from '@opentelemetry/api';
import type { MessagingObserver, Span } from '@lacollecte/messaging';

export interface Tracing {
  readonly trace: MessagingObserver['trace'];
  /** Sends what is left. */
  close(): Promise<void>;
}

const TRACEPARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;
/** The SDK drops more. */
const MOST_LINKS = 128;

function contextOf(traceparent: string | null | undefined): SpanContext | null {
  const [, traceId, spanId, flags] = TRACEPARENT.exec(traceparent ?? '') ?? [];
  return traceId ? { traceId, spanId: spanId!, traceFlags: Number.parseInt(flags!, 16), isRemote: true } : null;
}

function traceparentOf({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
}

/**
 * OpenTelemetry, exported as OTLP over HTTP in JSON. Loaded only where an endpoint is set: without one a process has none of it.
 * @param endpoint as in OTEL_EXPORTER_OTLP_ENDPOINT: `http://collector:4318`
 */
export async function openTracing(service: string, endpoint: string): Promise<Tracing> {
  const [api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('@opentelemetry/api'), import('@opentelemetry/sdk-trace'), import('@opentelemetry/exporter-trace-otlp-http'), import('@opentelemetry/resources'),
  ]);
  const provider = new sdk.TracerProvider({
    resource: resourceFromAttributes({ 'service.name': service, 'service.namespace': 'lacollecte' }),
    sampler: new sdk.ParentBasedSampler({ root: new sdk.AlwaysOnSampler() }),
    spanProcessors: [new sdk.BatchSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${endpoint.replace(/\/$/, '')}/v1/traces` }), scheduledDelayMillis: 1_000 })],
  });
  const tracer = provider.getTracer('lacollecte');
  const kinds = { server: api.SpanKind.SERVER, producer: api.SpanKind.PRODUCER, consumer: api.SpanKind.CONSUMER };
  const within = (parent: string | null | undefined): Context => {
    const of = contextOf(parent);
    return of ? api.trace.setSpanContext(api.ROOT_CONTEXT, of) : api.ROOT_CONTEXT;
  };
  const trace: MessagingObserver['trace'] = (name, start): Span => {
    const { kind, parent, links = [], attributes = {} } = start();
    const linked = [...new Set(links)].map(contextOf).filter((context) => context !== null).slice(0, MOST_LINKS);
    const span = tracer.startSpan(name, { kind: kinds[kind], links: linked.map((context) => ({ context })), attributes: { ...attributes } }, within(parent));
    return {
      traceparent: traceparentOf(span.spanContext()),
      end: (error) => {
        if (error !== undefined) span.setStatus({ code: api.SpanStatusCode.ERROR, message: error instanceof Error ? error.message : String(error) });
        span.end();
      },
    };
  };
  return { trace, close: () => provider.shutdown() };
}
