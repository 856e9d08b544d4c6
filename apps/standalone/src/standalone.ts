import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { NO_CAUSE, Pool, SYSTEM } from '@lacollecte/database';
import { createAdminInvitation, demonstration, seedDemonstration } from '@lacollecte/directory';
import { consoleHandler, createGateway, openSessions, ownIssuer, referenceHandler } from '@lacollecte/gateway';
import { invitationLink, type Issuer } from '@lacollecte/issuer';
import { EmbeddedTransport, postgresQueues, TOPIC_SPECS } from '@lacollecte/messaging';
import { createLog, createService, Environment, type Log, type RunningService } from '@lacollecte/runtime';
import { type Databases, DEFINITIONS, prepareDatabases, shownAccounts, startOwnIssuer } from '@lacollecte/system';
import type { AdminOptions, Standalone, StandaloneOptions } from './system.js';

/** Who signs the tokens. The same for the life of an installation, whatever port it listens on; nothing is fetched from it. */
const ISSUER = 'http://localhost:3000/oidc';
/** Seven services share one server of 200 connections: two pools each, one connection a lane. */
const POOL_SIZE = 6;

/** Starts everything in this process: databases, issuer, services, and the gateway on one port. */
export async function startStandalone(options: StandaloneOptions): Promise<Standalone> {
  const log = createLog(process.env.LOG_LEVEL ?? 'info', join(options.dataDir, 'log', 'lacollecte.log'));
  options.log('Preparing the databases');
  const databases = await prepareDatabases(options.postgres);
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const closer of closers.splice(0).reverse()) await closer().catch((err: unknown) => log.error({ err }, 'closing failed'));
  };
  try {
    const accounts = await Pool.open(databases.services.get('directory')!.worker, { max: 3, name: 'issuer' });
    closers.push(() => accounts.close());
    const issuer = await startOwnIssuer(accounts, { issuer: ISSUER, demo: options.demo, log });
    const sessions = await Pool.open(databases.sessions, { max: POOL_SIZE, name: 'gateway' });
    closers.push(() => sessions.close());
    const signedIn = openSessions({ pool: sessions, issuer: ownIssuer(issuer), publicUrl: null, log });
    closers.push(() => signedIn.close());
    options.log('Starting the services');
    const services = await startServices(databases, issuer, log, closers);
    if (options.demo) await seed(services);
    const server = createGateway({
      upstreams: services.map((service) => ({ name: service.definition.name, handle: service.handle, health: () => service.state.health() })),
      issuer: issuer.handler,
      sessions: signedIn,
      reference: referenceHandler(DEFINITIONS.map((definition) => definition.name)),
      console: consoleHandler(join(import.meta.dirname, '../../console/dist')),
      ...(options.demo ? shownAccounts() : { accounts: [], password: null }),
    });
    server.listen(options.port, options.host);
    await once(server, 'listening');
    closers.push(async () => {
      server.close();
      server.closeIdleConnections();
      const stuck = setTimeout(() => server.closeAllConnections(), 5_000);
      await once(server, 'close');
      clearTimeout(stuck);
    });
    const { port } = server.address() as AddressInfo;
    return {
      url: `http://localhost:${port}`,
      accounts: options.demo ? shownAccounts().accounts.map(({ email, role }) => ({ email, password: demonstration.password, role: role.en })) : [],
      stop: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startServices(databases: Databases, issuer: Issuer, log: Log, closers: (() => Promise<unknown>)[]): Promise<RunningService[]> {
  const days = Environment.shape.TRANSPORT_RETENTION_DAYS.parse(process.env.TRANSPORT_RETENTION_DAYS);
  const transport = new EmbeddedTransport(databases.transport).keepFor(days, log);
  closers.push(() => transport.close());
  await transport.ensureTopics(TOPIC_SPECS);
  const queues = postgresQueues(databases.queues);
  const services: RunningService[] = [];
  for (const definition of DEFINITIONS) {
    const service = await createService(definition, {
      database: databases.services.get(definition.name)!,
      transport,
      queues,
      auth: { issuer: issuer.issuer, audience: issuer.audience, jwks: issuer.jwks },
      log,
      poolSize: POOL_SIZE,
    });
    service.patrol.start();
    services.push(service);
    closers.push(() => service.stop());
  }
  return services;
}

async function seed(services: readonly RunningService[]): Promise<void> {
  const directory = services.find((service) => service.definition.name === 'directory')!;
  await directory.state.database.worker.transaction(SYSTEM, NO_CAUSE, seedDemonstration);
}

/** A one-time link for the first administrator of a real installation. */
export async function createAdmin(options: AdminOptions): Promise<string> {
  const databases = await prepareDatabases(options.postgres, DEFINITIONS.filter((definition) => definition.name === 'directory'));
  const pool = await Pool.open(databases.services.get('directory')!.worker, { max: 1, name: 'create admin' });
  try {
    const { token } = await pool.transaction(SYSTEM, NO_CAUSE, (tx) => createAdminInvitation(tx, options.email));
    return invitationLink(`${options.url}/oidc`, token);
  } finally {
    await pool.close();
  }
}
