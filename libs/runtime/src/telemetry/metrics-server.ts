import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Reasons } from './probes.js';

/** What a process answers about itself, on a port of its own: inside, never through the gateway. */
export interface Inspected {
  live(): Promise<Reasons>;
  ready(): Promise<Reasons>;
  /** In Prometheus's text format. */
  scrape(): Promise<string>;
}

export interface MetricsServer {
  readonly port: number;
  close(): Promise<void>;
}

function answer(response: ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
}

async function probe(response: ServerResponse, ask: () => Promise<Reasons>): Promise<void> {
  const reasons = await ask();
  answer(response, reasons.length === 0 ? 200 : 503, 'application/json', JSON.stringify({ ok: reasons.length === 0, reasons }));
}

/** `/live`, `/ready` and `/metrics`. @param port 0: any free one */
export async function startMetricsServer(inspected: Inspected, { host, port }: { host: string; port: number }): Promise<MetricsServer> {
  const handlers = new Map<string, (response: ServerResponse) => Promise<void>>([
    ['/live', (response) => probe(response, () => inspected.live())],
    ['/ready', (response) => probe(response, () => inspected.ready())],
    ['/metrics', async (response) => answer(response, 200, 'text/plain; version=0.0.4; charset=utf-8', await inspected.scrape())],
  ]);
  const server = createServer((request, response) => {
    const handler = handlers.get((request.url ?? '').split('?', 1)[0]!);
    if (!handler || request.method !== 'GET') return answer(response, 404, 'text/plain', 'there are /live, /ready and /metrics\n');
    handler(response).catch((error: Error) => answer(response, 500, 'text/plain', `${error.message}\n`));
  });
  server.listen(port, host);
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
