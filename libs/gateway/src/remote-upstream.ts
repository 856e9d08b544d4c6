import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Health, Tracing } from '@lacollecte/runtime';
import { createProxyServer } from 'httpxy';
import type { Handler, Upstream } from './gateway.js';
import { mergedStream } from './merged-stream.js';
import { Replicas } from './replicas.js';

const HEALTH_MS = 5_000;

export interface RemoteOptions {
  readonly onError: (error: Error) => void;
  /** Null: nothing is traced. */
  readonly tracing: Tracing | null;
}

/** A service in processes of its own, at these addresses (`http://host:port`), each asked in turn; another where one lets nobody in. */
export function remoteUpstream(name: string, addresses: readonly string[], { onError, tracing }: RemoteOptions): Upstream {
  const replicas = new Replicas(addresses);
  const proxy = createProxyServer({ agent: replicas.agent, xfwd: true });
  const forward: Handler = (request, response) => {
    proxy.web(request, response, { target: replicas.next() }).catch((error: Error) => {
      onError(error);
      if (response.headersSent) response.destroy();
      else unavailable(response, name);
    });
  };
  // What one process shows is a part of what flows.
  const watched = addresses.length > 1 ? mergedStream(`/api/${name}/operations/stream`, replicas.addresses, forward) : forward;
  return { name, handle: tracing ? traced(name, tracing, watched) : watched, health: () => healthOf(name, addresses) };
}

/** A span for each request; what the service does of it goes on from there. */
function traced(name: string, { trace }: Tracing, handle: Handler): Handler {
  return (request: IncomingMessage, response: ServerResponse) => {
    const { traceparent } = request.headers;
    const span = trace(`${request.method} /api/${name}`, () => ({
      kind: 'server', parent: typeof traceparent === 'string' ? traceparent : null, attributes: { 'http.request.method': request.method ?? '', 'http.route': `/api/${name}` },
    }));
    if (!span) return handle(request, response);
    request.headers.traceparent = span.traceparent;
    response.once('close', () => span.end(response.statusCode >= 500 ? `status ${response.statusCode}` : undefined));
    handle(request, response);
  };
}

/** Its outcome is not known: a command asked again under the same Idempotency-Key is done once. */
function unavailable(response: ServerResponse, name: string): void {
  const body = { type: 'urn:lacollecte:problem:unavailable', title: `${name} does not answer just now; ask again with the same Idempotency-Key.`, status: 503, code: 'unavailable' };
  response.writeHead(503, { 'content-type': 'application/problem+json; charset=utf-8', 'retry-after': '2' }).end(JSON.stringify(body));
}

/** That of the worst replica. */
async function healthOf(name: string, addresses: readonly string[]): Promise<Health> {
  const all = await Promise.all(addresses.map((address) => replicaHealth(name, address)));
  return all.find(({ status }) => status === 'down') ?? all.find(({ status }) => status === 'degraded') ?? all[0]!;
}

async function replicaHealth(name: string, address: string): Promise<Health> {
  const response = await fetch(`${address}/api/${name}/health`, { signal: AbortSignal.timeout(HEALTH_MS) });
  return (await response.json()) as Health;
}
