import type { Middleware } from 'openapi-fetch';
import { language } from '../i18n/i18n.js';
import { session, sessionEnded } from '../session/session.js';
import { lost, reached } from './connection.js';
import { keyFor, settled, unsettled } from './idempotency.js';
import { isSessionOver, problemOf, Unreachable } from './problem.js';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What every request to a service carries, and what becomes of an answer that is no success. */
export const conventions: Middleware = {
  async onRequest({ request }) {
    request.headers.set('accept-language', language());
    if (SAFE.has(request.method)) return request;
    request.headers.set('x-csrf-token', session.get()?.csrf ?? '');
    const version = request.headers.get('if-match');
    if (version !== null && /^\d+$/.test(version)) request.headers.set('if-match', `"${version}"`);
    if (request.method === 'POST' && !request.headers.has('idempotency-key')) request.headers.set('idempotency-key', await keyFor(request));
    return request;
  },

  async onResponse({ request, response }) {
    reached();
    if (response.status < 500) settled(request);
    else unsettled(request);
    if (response.ok) return;
    const problem = await problemOf(response);
    if (isSessionOver(problem)) sessionEnded.set(true);
    throw problem;
  },

  onError({ request, error }) {
    unsettled(request);
    if (request.signal.aborted) return;
    lost();
    return new Unreachable(error);
  },
};
