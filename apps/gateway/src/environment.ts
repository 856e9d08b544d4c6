import { SERVICES, type ServiceName } from '@lacollecte/contracts';
import { z } from 'zod';

const Addresses = z.string().transform((text) => text.split(',').map((address) => address.trim().replace(/\/$/, '')));
/** `UPSTREAM_INTAKE=http://intake:3000` …: several, separated by commas, are asked in turn, and another where one lets nobody in. */
const upstreams = Object.fromEntries(SERVICES.map((service) => [upstreamVariable(service), Addresses])) as Record<string, typeof Addresses>;

/** What the gateway's process reads from its environment. */
export const Environment = z.object({
  HOST: z.string().default('127.0.0.1'),
  PORT: z.coerce.number().int().min(0).max(65535),
  /** The gateway's own, role `gateway_app`: who is signed in with a browser. */
  DATABASE_URL: z.url(),
  /** The directory's database, for an issuer of our own; without it people sign in elsewhere. */
  ACCOUNTS_DATABASE_URL: z.url().optional(),
  /** Where people reach the gateway. An issuer of our own goes by the address of each request where it is not given, over http. */
  PUBLIC_URL: z.url().optional(),
  /** Who signs the tokens. */
  OIDC_ISSUER: z.url(),
  /** Where the gateway itself reaches an issuer that is not ours, if not at the address that people use. */
  OIDC_INSIDE_URL: z.url().optional(),
  /** What the gateway is there: a confidential client. */
  OIDC_CLIENT_ID: z.string().min(1).default('gateway'),
  OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  /** Shows demonstration accounts, and lets anyone in as one of them. */
  DEMONSTRATION: z.enum(['true', 'false']).default('false').transform((text) => text === 'true'),
  /** `/live`, `/ready` and `/metrics` answer there; 0: any free one. */
  METRICS_PORT: z.coerce.number().int().min(0).max(65535).default(9464),
  /** Traces go there, as OTLP over HTTP. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  ...upstreams,
}).superRefine((env, context) => {
  if (env.ACCOUNTS_DATABASE_URL !== undefined) return;
  for (const name of ['PUBLIC_URL', 'OIDC_CLIENT_SECRET'] as const) {
    if (env[name] === undefined) context.addIssue({ code: 'custom', path: [name], message: 'is needed where the issuer is not our own' });
  }
});

export function upstreamVariable(service: ServiceName): string {
  return `UPSTREAM_${service.toUpperCase()}`;
}
