import { EmbeddedTransport, postgresQueues, type Queues, RETENTION_DAYS, type Transport } from '@lacollecte/messaging';
import { z } from 'zod';
import { createService } from './create-service.js';
import { createLog, type Log } from './log.js';
import type { ServiceDefinition } from './service.js';

/** What a service's process reads from its environment. */
export const Environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535),
  /** Role under the row-level policies, and the role that sees every row. */
  DATABASE_URL: z.url(),
  DATABASE_WORKER_URL: z.url(),
  /** `postgres://…`: the embedded topic log. */
  TRANSPORT_URL: z.url(),
  /** Of the embedded topic log: what every group has read is kept this long. */
  TRANSPORT_RETENTION_DAYS: z.coerce.number().int().min(1).max(36_500).default(RETENTION_DAYS),
  /** `postgres://…`: BullMQ on PostgreSQL. */
  QUEUES_URL: z.url(),
  OIDC_ISSUER: z.url(),
  OIDC_AUDIENCE: z.string().default('lacollecte'),
  OIDC_JWKS_URL: z.url(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
});

/** By the scheme of its address. Throws where there is none for it. */
export function transportOf(url: string, retentionDays: number, log: Log): Transport {
  if (url.startsWith('postgres')) return new EmbeddedTransport(url).keepFor(retentionDays, log);
  throw new Error(`TRANSPORT_URL: no transport for ${new URL(url).protocol}//; use postgres://`);
}

/** By the scheme of its address. Throws where there is none for it. */
export function queuesOf(url: string): Queues {
  if (url.startsWith('postgres')) return postgresQueues(url);
  throw new Error(`QUEUES_URL: no queues for ${new URL(url).protocol}//; use postgres://`);
}

function environment(): z.infer<typeof Environment> {
  const parsed = Environment.safeParse(process.env);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) process.stderr.write(`${issue.path.join('.')}: ${issue.message}\n`);
  return process.exit(78); // EX_CONFIG
}

/** The whole of a service's process: starts, says so in the log, and stops cleanly on SIGTERM or SIGINT. */
export async function runService(definition: ServiceDefinition): Promise<void> {
  const env = environment();
  const log = createLog(env.LOG_LEVEL);
  const transport = transportOf(env.TRANSPORT_URL, env.TRANSPORT_RETENTION_DAYS, log);
  const service = await createService(definition, {
    database: { app: env.DATABASE_URL, worker: env.DATABASE_WORKER_URL },
    transport,
    queues: queuesOf(env.QUEUES_URL),
    auth: { issuer: env.OIDC_ISSUER, audience: env.OIDC_AUDIENCE, jwks: new URL(env.OIDC_JWKS_URL) },
    log,
  });
  await service.app.listen(env.PORT, env.HOST);
  log.info({ service: definition.name, url: await service.app.getUrl() }, 'ready');
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    await service.stop();
    await transport.close();
    log.info({ service: definition.name }, 'stopped');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
}
