import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Handler } from './gateway.js';

/** A process that died is asked again after so long. */
const AGAIN_MS = 1_000;
/** Of an event. */
const END = '\n\n';
/** Of a service that does not answer just now, or has no room: it is asked again. */
const AWAY = 503;

/**
 * The server-sent events at `path` of all processes of a service as one stream, for as long as the client stays and one of them goes on.
 * @param one answers every other request, and this one where a process refuses it or none is there
 */
export function mergedStream(path: string, addresses: readonly string[], one: Handler): Handler {
  return (request, response) => {
    const url = request.url ?? '/';
    if (request.method !== 'GET' || url.split('?', 1)[0] !== path) return one(request, response);
    merge(request, response, addresses.map((address) => `${address}${url}`), ({ ok }) => !ok, one);
  };
}

/**
 * What flows through all services as one stream: a browser opens no more than six connections to one host. The gateway asks itself, so
 * that it does not matter how many processes a service has, nor whether they are this one.
 * @param one answers where a service refuses
 */
export function streamOfAll(services: readonly string[], one: Handler): Handler {
  return (request, response) => {
    const { localAddress = '127.0.0.1', localPort } = request.socket;
    const host = localAddress.includes(':') ? `[${localAddress}]` : localAddress;
    const query = new URL(request.url ?? '/', 'http://gateway').search;
    merge(request, response, services.map((service) => `http://${host}:${localPort}/api/${service}/operations/stream${query}`), ({ ok, status }) => !ok && status !== AWAY, one);
  };
}

function merge(request: IncomingMessage, response: ServerResponse, urls: readonly string[], refuses: (answer: Response) => boolean, one: Handler): void {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  const open = (url: string): Promise<Response | null> => fetch(url, { headers: passedOn(request), signal: gone.signal }).catch(() => null);
  void Promise.all(urls.map(open)).then(async (opened) => {
    const first = opened.find((answer) => answer !== null);
    if (!first || opened.some((answer) => answer !== null && refuses(answer))) {
      for (const answer of opened) void answer?.body?.cancel();
      return one(request, response);
    }
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': first.headers.get('cache-control') ?? 'no-store', connection: 'close' });
    response.write('retry: 1000\n\n');
    await Promise.all(opened.map((answer, i) => follow(answer, () => open(urls[i]!), response, gone.signal)));
    response.end();
  });
}

/** Passes a process's events on until it ends its stream; one that breaks off is asked again, for as long as the token is good. */
async function follow(opened: Response | null, again: () => Promise<Response | null>, to: Writable, gone: AbortSignal): Promise<void> {
  for (let answer = opened; !gone.aborted; answer = await again()) {
    if (answer?.ok && (await passOn(answer.body!, to, gone))) return;
    if (answer?.status === 401) return;
    if (answer?.ok === false) void answer.body?.cancel();
    await sleep(AGAIN_MS, undefined, { signal: gone }).catch(() => undefined);
  }
}

/** Whole events only, so that two streams never mix within one. True: it came to its end; false: it broke off. */
async function passOn(from: ReadableStream<Uint8Array>, to: Writable, gone: AbortSignal): Promise<boolean> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const bytes of from) {
      rest += decoder.decode(bytes, { stream: true });
      const whole = rest.lastIndexOf(END);
      if (whole < 0) continue;
      const events = rest.slice(0, whole + END.length);
      rest = rest.slice(events.length);
      // A process leaves out what somebody who reads slowly has not taken.
      if (!to.write(events)) await once(to, 'drain', { signal: gone });
    }
    return true;
  } catch {
    return false;
  }
}

function passedOn({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(['authorization', 'accept', 'accept-language', 'traceparent'].flatMap((name) => (typeof headers[name] === 'string' ? [[name, headers[name]]] : [])));
}
