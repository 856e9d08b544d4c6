import { EmbeddedTransport, KafkaTransport, postgresQueues, type Queues, redisQueues, RETENTION_DAYS, type Transport } from '@lacollecte/messaging';
import { z } from 'zod';
import { createService } from './create-service.js';
import { createLog, type Log } from './log.js';
import type { ServiceDefinition } from './service.js';
import { inspect } from './telemetry/inspect.js';
import { openTracing } from './telemetry/tracing.js';

/** What a service's process reads from its environment. */
export const Environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535),
  /** Role under the row-level policies, and the role that sees every row. */
  DATABASE_URL: z.url(),
  DATABASE_WORKER_URL: z.url(),
  /** `kafka://host:port,host:port`, or `postgres://…`: the embedded topic log. */
  TRANSPORT_URL: z.string().regex(/^(kafka|postgres(ql)?):\/\//, 'must begin with kafka:// or postgres://'),
  /** Of the embedded topic log: what every group has read is kept this long. */
  TRANSPORT_RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).default(RETENTION_DAYS),
  /** `redis://…`, or `postgres://…`: BullMQ's PostgreSQL backend. */
  QUEUES_URL: z.string().regex(/^(rediss?|postgres(ql)?):\/\//, 'must begin with redis://, rediss:// or postgres://'),
  OIDC_ISSUER: z.url(),
  OIDC_AUDIENCE: z.string().default('lacollecte'),
  OIDC_JWKS_URL: z.url(),
  /** `/live`, `/ready` and `/metrics` answer there; 0: any free one. */
  METRICS_PORT: z.coerce.number().int().min(0).max(65535).default(9464),
  /** Where traces go, as OTLP over HTTP; without it nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

/** By the scheme of its address. */
export function transportOf(url: string, log: Log, retentionDays = RETENTION_DAYS): Transport {
  return url.startsWith('kafka') ? new KafkaTransport(url, log) : new EmbeddedTransport(url).keepFor(retentionDays, log);
}

/** By the scheme of its address. */
export function queuesOf(url: string): Queues {
  return url.startsWith('redis') ? redisQueues(url) : postgresQueues(url);
}

/** The process's environment, or its end with a line for each variable that is missing or wrong. */
export function readEnvironment<S extends z.ZodType>(schema: S): z.output<S> {
  const parsed = schema.safeParse(process.env);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) process.stderr.write(`${issue.path.join('.')}: ${issue.message}\n`);
  return process.exit(78); // EX_CONFIG
}

/** Runs `stop` once, when the process is asked to end. */
export function onStop(stop: () => Promise<void>): void {
  let stopping: Promise<void> | undefined;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void (stopping ??= stop()));
}

/** The whole of a service's process: starts, says so in the log, and stops cleanly on SIGTERM or SIGINT. */
export async function runService(definition: ServiceDefinition): Promise<void> {
  const env = readEnvironment(Environment);
  const log = createLog(env.LOG_LEVEL);
  const transport = transportOf(env.TRANSPORT_URL, log, env.TRANSPORT_RETENTION_DAYS);
  const tracing = env.OTEL_EXPORTER_OTLP_ENDPOINT ? await openTracing(definition.name, env.OTEL_EXPORTER_OTLP_ENDPOINT) : null;
  const service = await createService(definition, {
    database: { app: env.DATABASE_URL, worker: env.DATABASE_WORKER_URL },
    transport,
    queues: queuesOf(env.QUEUES_URL),
    auth: { issuer: env.OIDC_ISSUER, audience: env.OIDC_AUDIENCE, jwks: new URL(env.OIDC_JWKS_URL) },
    log,
    tracing,
  });
  await service.app.listen(env.PORT, env.HOST);
  const system = env.TRANSPORT_URL.startsWith('kafka') ? 'kafka' : 'postgresql';
  const inspection = await inspect(service, { host: env.HOST, port: env.METRICS_PORT, system });
  log.info({ service: definition.name, url: await service.app.getUrl(), metricsPort: inspection.port }, 'ready');
  onStop(async () => {
    // Says that we are not ready while requests in hand are answered; closed last.
    await service.stop();
    await transport.close();
    await tracing?.close().catch((err: unknown) => log.warn({ err }, 'the last traces were not sent'));
    await inspection.close();
    log.info({ service: definition.name }, 'stopped');
  });
}
