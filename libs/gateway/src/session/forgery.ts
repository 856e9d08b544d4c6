import type { IncomingMessage } from 'node:http';
import type { SessionProblem } from './problems.js';
import type { Secret } from './secret.js';

/** Change nothing. */
const SAFE = ['GET', 'HEAD', 'OPTIONS'];

/** What is wrong with a request that a browser sends under this session, for it may not be the page's own: null where nothing is. */
export function checkOrigin({ method = 'GET', headers }: IncomingMessage, secret: Secret): SessionProblem | null {
  if (SAFE.includes(method)) return null;
  // Every browser of today says it, and no page can change it. A sibling's host (`same-site`) is not ours either.
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return 'cross-site';
  const token = headers['x-csrf-token'];
  return typeof token === 'string' && secret.isCsrf(token) ? null : 'csrf';
}
