import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { languageOf } from '@lacollecte/http';

const TITLES = {
  fr: (path: string) => `Rien n'est servi à l'adresse ${path} ; voir /api/reference.`,
  en: (path: string) => `Nothing is served at ${path}; see /api/reference.`,
} as const;

/** Problem details (RFC 9457) like those of the services: in the client's language, with the trace id that it sent or one of its own. */
export function notFound(request: IncomingMessage, response: ServerResponse): void {
  const instance = request.url ?? '/';
  const language = languageOf(request.headers['accept-language']);
  const traceId = /^00-([0-9a-f]{32})-/.exec(String(request.headers.traceparent ?? ''))?.[1] ?? randomUUID().replaceAll('-', '');
  const title = TITLES[language](instance.split('?', 1)[0]!);
  response
    .writeHead(404, {
      'content-type': 'application/problem+json; charset=utf-8', 'content-language': language, vary: 'accept-language', 'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'", 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff',
    })
    .end(JSON.stringify({ type: 'urn:lacollecte:problem:not-found', title, status: 404, code: 'not-found', instance, traceId }));
}
