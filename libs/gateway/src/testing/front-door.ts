import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Writable } from 'node:stream';
import { authenticator } from '@lacollecte/http';
import { type Accounts, type Account, type Issuer, IssuerTables1720000000000, startIssuer } from '@lacollecte/issuer';
import { createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { pino } from 'pino';
import { createGateway, ownIssuer, referenceHandler, remoteUpstream, SessionTable1730000000000, openSessions, type Upstream } from '../index.js';

/** What the issuer calls itself, wherever the test listens. */
const ISSUER = 'http://localhost:3000/oidc';
export const PASSWORD = 'correct horse battery';
export const SACHA: Account = {
  id: '0d000000-0000-4000-8000-000000000201', name: 'Sacha', email: 'sacha@example.org', roles: ['operator'], organisationId: null, siteIds: ['0d000000-0000-4000-8000-000000000001'],
};
export const CLAUDE: Account = {
  id: '0d000000-0000-4000-8000-000000000202', name: 'Claude', email: 'claude@example.org', roles: ['donor'], organisationId: '0d000000-0000-4000-8000-000000000101', siteIds: [],
};
const PEOPLE = [SACHA, CLAUDE];

/** Our own issuer, its database and that of the sessions, and gateways over HTTP with a service of this process and one behind a proxy. */
export class FrontDoor {
  readonly disabled = new Set<string>();
  /** Requests for tokens; of a sign-in the first, then one for each renewal. */
  tokenRequests = 0;
  issuerAnswers = true;
  log = '';
  readonly #running: { server: Server; close(): Promise<void> }[] = [];
  #remote!: Server;
  #issuer!: Issuer;

  private constructor(
    readonly directory: TestDatabase,
    readonly sessions: TestDatabase,
  ) {}

  static async start(): Promise<FrontDoor> {
    const front = new FrontDoor(await createTestDatabase('directory', [IssuerTables1720000000000]), await createTestDatabase('gateway', [SessionTable1730000000000]));
    front.#issuer = await startIssuer({ issuer: ISSUER, pool: front.directory.database.worker, accounts: front.#accounts, gateway: { callback: '/auth/callback', signedOut: '/' } });
    front.#remote = createServer(front.#service());
    await listening(front.#remote);
    return front;
  }

  /** One more process of the gateway; its address. */
  async gateway({ publicUrl = null }: { publicUrl?: string | null } = {}): Promise<string> {
    const log = pino({ level: 'trace' }, new Writable({ write: (chunk, _encoding, done) => done(void (this.log += String(chunk))) }));
    const issuer = (request: IncomingMessage, response: ServerResponse): void => {
      if (!this.issuerAnswers) return void response.writeHead(503).end();
      if (request.url === '/oidc/token') this.tokenRequests += 1;
      this.#issuer.handler(request, response);
    };
    const sessions = openSessions({ pool: this.sessions.database.app, issuer: ownIssuer({ ...this.#issuer, handler: issuer }), publicUrl, log });
    const health = () => Promise.reject(new Error('not asked'));
    const inside: Upstream = { name: 'intake', health, handle: this.#service() };
    const outside = remoteUpstream('matching', [addressOf(this.#remote)], { tracing: null, onError: (err) => log.error({ err }, 'proxy') });
    const server = createGateway({
      upstreams: [inside, { ...outside, health }], issuer, sessions, reference: referenceHandler([]), console: (request, response) => response.end(`console ${request.url}`), accounts: [], password: null,
    });
    await listening(server);
    this.#running.push({ server, close: () => sessions.close() });
    return addressOf(server);
  }

  async stopGateways(): Promise<void> {
    for (const { server, close } of this.#running.splice(0)) {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await close();
    }
  }

  async close(): Promise<void> {
    await this.stopGateways();
    this.#remote.closeAllConnections();
    this.#remote.close();
    await this.directory.close();
    await this.sessions.close();
  }

  /** As a service does it: verifies the token by itself; tells what it was sent. `/stream` never ends. */
  #service() {
    const actorOf = authenticator({ issuer: ISSUER, audience: this.#issuer.audience, jwks: this.#issuer.jwks });
    return (request: IncomingMessage, response: ServerResponse): void => {
      void actorOf(request.headers.authorization).then(
        async ({ subject }) => {
          if (request.url!.endsWith('/stream')) return void response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: first\n\n');
          const chunks: Buffer[] = [];
          for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
          response.end(JSON.stringify({ subject, headers: request.headers, body: Buffer.concat(chunks).toString() }));
        },
        (error: { code: string }) => response.writeHead(401).end(JSON.stringify({ code: error.code, headers: request.headers })),
      );
    };
  }

  readonly #accounts: Accounts = {
    authenticate: async (email, password) => PEOPLE.find((person) => person.email === email && password === PASSWORD && !this.disabled.has(person.id)) ?? null,
    findPerson: async (id) => PEOPLE.find((person) => person.id === id && !this.disabled.has(id)) ?? null,
    findClient: async () => null,
    authenticateClient: async () => false,
    acceptInvitation: async () => false,
  };
}

async function listening(server: Server): Promise<void> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
}

function addressOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
