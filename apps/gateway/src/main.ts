import { once } from 'node:events';
import { join } from 'node:path';
import { SERVICES } from '@lacollecte/contracts';
import { Pool } from '@lacollecte/database';
import { consoleHandler, createGateway, openSessions, otherIssuer, ownIssuer, referenceHandler, remoteUpstream } from '@lacollecte/gateway';
import { createLog, onStop, openTracing, readEnvironment, startMetricsServer } from '@lacollecte/runtime';
import { shownAccounts, startOwnIssuer } from '@lacollecte/system';
import { Environment, upstreamVariable } from './environment.js';
import { upstreamMetrics } from './metrics.js';

const env = readEnvironment(Environment);
const log = createLog(env.LOG_LEVEL);
const accounts = env.ACCOUNTS_DATABASE_URL ? await Pool.open(env.ACCOUNTS_DATABASE_URL, { max: 3, name: 'issuer' }) : null;
const issuer = accounts && (await startOwnIssuer(accounts, { issuer: env.OIDC_ISSUER, demo: env.DEMONSTRATION, log }));
const signIn = issuer
  ? ownIssuer(issuer)
  : otherIssuer({ issuer: env.OIDC_ISSUER, inside: env.OIDC_INSIDE_URL ?? env.OIDC_ISSUER, clientId: env.OIDC_CLIENT_ID, clientSecret: env.OIDC_CLIENT_SECRET! });
const pool = await Pool.open(env.DATABASE_URL, { max: 10, name: 'gateway' });
const sessions = openSessions({ pool, issuer: signIn, publicUrl: env.PUBLIC_URL ?? null, log });
const upstreams = env as unknown as Record<string, string[]>;
const tracing = env.OTEL_EXPORTER_OTLP_ENDPOINT ? await openTracing('gateway', env.OTEL_EXPORTER_OTLP_ENDPOINT) : null;
const services = SERVICES.map((name) =>
  remoteUpstream(name, upstreams[upstreamVariable(name)]!, { tracing, onError: (err) => log.warn({ err, upstream: name }, 'service did not answer') }),
);
let stopping = false;
const server = createGateway({
  upstreams: services,
  issuer: issuer?.handler ?? null,
  sessions,
  reference: referenceHandler(SERVICES),
  console: consoleHandler(join(import.meta.dirname, '../../console/dist')),
  ...(env.DEMONSTRATION && issuer ? shownAccounts() : { accounts: [], password: null }),
});
server.listen(env.PORT, env.HOST);
await once(server, 'listening');
// A service that is away is that service's matter: the others are still reached through here.
const inspection = await startMetricsServer(
  { live: async () => [], ready: async () => (stopping ? ['the process is stopping'] : []), scrape: () => upstreamMetrics(services) },
  { host: env.HOST, port: env.METRICS_PORT },
);
log.info({ url: `http://${env.HOST}:${env.PORT}`, metricsPort: inspection.port }, 'ready');
onStop(async () => {
  stopping = true;
  server.close();
  server.closeIdleConnections();
  // Streams have no end of their own.
  const stuck = setTimeout(() => server.closeAllConnections(), 5_000);
  await once(server, 'close');
  clearTimeout(stuck);
  await sessions.close();
  await pool.close();
  await accounts?.close();
  await inspection.close();
  await tracing?.close();
  log.info('stopped');
});
