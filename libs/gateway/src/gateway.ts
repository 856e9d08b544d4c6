import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Health } from '@lacollecte/runtime';
import { streamOfAll } from './merged-stream.js';
import { notFound } from './not-found.js';
import type { BrowserSessions } from './session/open-sessions.js';
import { type Account, statusPage } from './status-page.js';

/** Answers every request below a path. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** One service behind the front door. */
export interface Upstream {
  readonly name: string;
  readonly handle: Handler;
  health(): Promise<Health>;
}

export interface GatewayOptions {
  readonly upstreams: readonly Upstream[];
  /** The sign-in pages and endpoints, below `/oidc`; null where people sign in elsewhere. */
  readonly issuer: Handler | null;
  /** Who is signed in with a browser; null where only programs come, with tokens of their own. */
  readonly sessions: BrowserSessions | null;
  /** The browsable API reference, below `/api/reference`. */
  readonly reference: Handler;
  /** Everything that is nobody else's. */
  readonly console: Handler;
  /** Shown on the page of what runs in demonstrations; empty otherwise. */
  readonly accounts: readonly Account[];
  readonly password: string | null;
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

/** The services' states; one that does not answer counts as down. */
async function healthOf(upstreams: readonly Upstream[]): Promise<Health[]> {
  return Promise.all(
    upstreams.map((upstream) =>
      upstream.health().catch((error: Error): Health => ({
        service: upstream.name, status: 'down', database: 'down', consumer: 'stopped', consumerFailure: error.message, outboxPending: null, parkedKeys: null, failedJobs: null,
      })),
    ),
  );
}

const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
};

/** The front door: one port, from which each path leads to the service it names. */
export function createGateway(options: GatewayOptions): Server {
  const byName = new Map(options.upstreams.map((upstream) => [upstream.name, upstream]));

  const status = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const states = await healthOf(options.upstreams);
    const page = statusPage({ states, accounts: options.accounts, password: options.password, acceptLanguage: request.headers['accept-language'], url: request.url ?? '/' });
    response.writeHead(200, { ...SECURITY_HEADERS, 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', vary: 'accept-language' }).end(page);
  };

  const health = async (response: ServerResponse): Promise<void> => {
    const services = await healthOf(options.upstreams);
    const down = services.some((service) => service.status === 'down');
    sendJson(response, down ? 503 : 200, { status: down ? 'down' : 'ready', services });
  };

  const stream = streamOfAll([...byName.keys()], (request, response) => {
    const [first] = options.upstreams;
    if (!first) return notFound(request, response);
    request.url = `/api/${first.name}/operations/stream${new URL(request.url ?? '/', 'http://gateway').search}`;
    first.handle(request, response);
  });

  const listener: RequestListener = (request, response) => {
    const path = (request.url ?? '/').split('?', 1)[0]!;
    const [, first, second] = path.split('/');
    if (path === '/status') return void status(request, response);
    if (path === '/health') return void health(response);
    if (options.issuer && (first === 'oidc' || path.startsWith('/.well-known/'))) return options.issuer(request, response);
    if (first === 'api' && second === 'reference') return options.reference(request, response);
    const upstream = first === 'api' && second ? byName.get(second) : undefined;
    if (path === '/api/operations/stream') return options.sessions ? options.sessions.admit(request, response, () => stream(request, response)) : stream(request, response);
    if (upstream && options.sessions) return options.sessions.admit(request, response, () => upstream.handle(request, response));
    if (upstream) return upstream.handle(request, response);
    if (first === 'auth') return options.sessions ? options.sessions.handle(request, response) : notFound(request, response);
    if (first === 'api') return notFound(request, response);
    options.console(request, response);
  };
  return createServer({ requestTimeout: 0, headersTimeout: 30_000 }, listener);
}
