import type { IncomingMessage, ServerResponse } from 'node:http';
import { sendProblem } from './problem.js';

/** Nothing is served at this address. */
export function notFound(request: IncomingMessage, response: ServerResponse): void {
  const path = (request.url ?? '/').split('?', 1)[0]!;
  sendProblem(request, response, 'not-found', {
    status: 404, fr: `Rien n'est servi à l'adresse ${path} ; voir /api/reference.`, en: `Nothing is served at ${path}; see /api/reference.`,
  });
}
