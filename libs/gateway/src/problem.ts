import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProblemText } from '@lacollecte/contracts';
import { languageOf } from '@lacollecte/http';

const HEADERS = {
  vary: 'accept-language', 'cache-control': 'no-store', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'", 'referrer-policy': 'no-referrer', 'x-content-type-options': 'nosniff',
};

/** Problem details (RFC 9457) like those of the services: in the client's language, with the trace id that it sent or one of its own. */
export function sendProblem(request: IncomingMessage, response: ServerResponse, code: string, problem: ProblemText, headers: Readonly<Record<string, string>> = {}): void {
  const instance = request.url ?? '/';
  const language = languageOf(request.headers['accept-language']);
  const traceId = /^00-([0-9a-f]{32})-/.exec(String(request.headers.traceparent ?? ''))?.[1] ?? randomUUID().replaceAll('-', '');
  response
    .writeHead(problem.status, { ...HEADERS, 'content-type': 'application/problem+json; charset=utf-8', 'content-language': language, ...headers })
    .end(JSON.stringify({ type: `urn:lacollecte:problem:${code}`, title: problem[language], status: problem.status, code, instance, traceId }));
}
