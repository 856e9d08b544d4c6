import { once } from 'node:events';
import { SERVICES } from '@lacollecte/contracts';
import { Pool } from '@lacollecte/database';
import { createGateway, type Handler, referenceHandler, remoteUpstream } from '@lacollecte/gateway';
import { createLog, type Log, onStop, readEnvironment } from '@lacollecte/runtime';
import { shownAccounts, startOwnIssuer } from '@lacollecte/system';
import { Environment, upstreamVariable } from './environment.js';

const env = readEnvironment(Environment);
const log = createLog(env.LOG_LEVEL);
const issuer = env.ACCOUNTS_DATABASE_URL ? await ownIssuer(env.ACCOUNTS_DATABASE_URL, log) : null;
const upstreams = env as unknown as Record<string, string[]>;
const server = createGateway({
  upstreams: SERVICES.map((name) => remoteUpstream(name, upstreams[upstreamVariable(name)]!, (err) => log.warn({ err, upstream: name }, 'service did not answer'))),
  issuer: issuer?.handler ?? null,
  reference: referenceHandler(SERVICES),
  ...(env.DEMONSTRATION && issuer ? shownAccounts() : { accounts: [], password: null }),
});
server.listen(env.PORT, env.HOST);
await once(server, 'listening');
log.info({ url: `http://${env.HOST}:${env.PORT}` }, 'ready');
onStop(async () => {
  server.close();
  server.closeIdleConnections();
  await once(server, 'close');
  await issuer?.close();
  log.info('stopped');
});

async function ownIssuer(accountsUrl: string, to: Log): Promise<{ handler: Handler; close: () => Promise<void> }> {
  const accounts = await Pool.open(accountsUrl, { max: 3, name: 'issuer' });
  const { handler } = await startOwnIssuer(accounts, { issuer: env.OIDC_ISSUER, demo: env.DEMONSTRATION, log: to });
  return { handler, close: () => accounts.close() };
}
