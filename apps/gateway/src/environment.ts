import { SERVICES, type ServiceName } from '@lacollecte/contracts';
import { z } from 'zod';

const Addresses = z.string().transform((text) => text.split(',').map((address) => address.trim().replace(/\/$/, '')));
/** `UPSTREAM_INTAKE=http://intake:3000` …: several, separated by commas, are asked in turn, and another where one lets nobody in. */
const upstreams = Object.fromEntries(SERVICES.map((service) => [upstreamVariable(service), Addresses])) as Record<string, typeof Addresses>;

/** What the gateway's process reads from its environment. */
export const Environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535),
  /** The directory's database, for an issuer of our own; without it people sign in elsewhere. */
  ACCOUNTS_DATABASE_URL: z.url().optional(),
  /** Who signs the tokens. */
  OIDC_ISSUER: z.url(),
  /** Shows demonstration accounts, and lets anyone in as one of them. */
  DEMONSTRATION: z.enum(['true', 'false']).default('false').transform((text) => text === 'true'),
  /** `/live`, `/ready` and `/metrics` answer there; 0: any free one. */
  METRICS_PORT: z.coerce.number().int().min(0).max(65535).default(9464),
  /** Traces go there, as OTLP over HTTP. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  ...upstreams,
});

export function upstreamVariable(service: ServiceName): string {
  return `UPSTREAM_${service.toUpperCase()}`;
}
