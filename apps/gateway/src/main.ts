import { once } from 'node:events';
import { SERVICES } from '@lacollecte/contracts';
import { Pool } from '@lacollecte/database';
import { createGateway, type Handler, referenceHandler, remoteUpstream } from '@lacollecte/gateway';
import { createLog, type Log, onStop, openTracing, readEnvironment, startMetricsServer } from '@lacollecte/runtime';
import { shownAccounts, startOwnIssuer } from '@lacollecte/system';
import { Environment, upstreamVariable } from './environment.js';
import { upstreamMetrics } from './metrics.js';

const env = readEnvironment(Environment);
const log = createLog(env.LOG_LEVEL);
const issuer = env.ACCOUNTS_DATABASE_URL ? await ownIssuer(env.ACCOUNTS_DATABASE_URL, log) : null;
const upstreams = env as unknown as Record<string, string[]>;
const tracing = env.OTEL_EXPORTER_OTLP_ENDPOINT ? await openTracing('gateway', env.OTEL_EXPORTER_OTLP_ENDPOINT) : null;
const services = SERVICES.map((name) =>
  remoteUpstream(name, upstreams[upstreamVariable(name)]!, { tracing, onError: (err) => log.warn({ err, upstream: name }, 'service did not answer') }),
);
let stopping = false;
const server = createGateway({
  upstreams: services,
  issuer: issuer?.handler ?? null,
  reference: referenceHandler(SERVICES),
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
  await issuer?.close();
  await inspection.close();
  await tracing?.close();
  log.info('stopped');
});

async function ownIssuer(accountsUrl: string, to: Log): Promise<{ handler: Handler; close: () => Promise<void> }> {
  const accounts = await Pool.open(accountsUrl, { max: 3, name: 'issuer' });
  const { handler } = await startOwnIssuer(accounts, { issuer: env.OIDC_ISSUER, demo: env.DEMONSTRATION, log: to });
  return { handler, close: () => accounts.close() };
}
