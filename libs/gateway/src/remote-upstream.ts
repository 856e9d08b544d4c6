import { Agent, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Health } from '@lacollecte/runtime';
import { createProxyServer } from 'httpxy';
import type { Upstream } from './gateway.js';

const HEALTH_MS = 5_000;

/** A service in processes of its own, at these addresses (`http://host:port`), each asked in turn. */
export function remoteUpstream(name: string, addresses: readonly string[], onError: (error: Error) => void): Upstream {
  const agent = new Agent({ keepAlive: true });
  const proxy = createProxyServer({ agent, xfwd: true });
  let turn = 0;
  const next = (): string => addresses[turn++ % addresses.length]!;
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    proxy.web(request, response, { target: next() }).catch((error: Error) => {
      onError(error);
      if (response.headersSent) response.destroy();
      else unavailable(response, name);
    });
  };
  return { name, handle, health: () => healthOf(name, addresses) };
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
