import { createReadStream, existsSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import type { Handler } from './gateway.js';
import { notFound } from './not-found.js';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2', '.webmanifest': 'application/manifest+json; charset=utf-8', '.wasm': 'application/wasm',
};
/** As the build prepared them, the better one first. */
const ENCODINGS = [['br', '.br'], ['gzip', '.gz']] as const;

/** Scripts only from files of ours. Mantine writes its variables into style elements, which is why styles may be inline. */
const POLICY = [
  "default-src 'none'", "script-src 'self'", "style-src 'self' 'unsafe-inline'", "connect-src 'self'", "img-src 'self' data: blob:", "font-src 'self'", "manifest-src 'self'",
  "worker-src 'self'", "frame-src blob:", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
].join('; ');
const HEADERS = {
  'content-security-policy': POLICY, 'x-content-type-options': 'nosniff', 'x-frame-options': 'DENY', 'referrer-policy': 'same-origin', 'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
};

/**
 * The console as it was built into this folder: a file where there is one, else its one page, which finds its way by itself. What has
 * its hash in its name is kept by browsers for a year, everything else is asked for each time.
 */
export function consoleHandler(folder: string): Handler {
  return (request, response) => {
    const { method = 'GET' } = request;
    if (method !== 'GET' && method !== 'HEAD') return notFound(request, response);
    const file = fileAt(folder, request.url ?? '/') ?? (wantsPage(request) ? join(folder, 'index.html') : null);
    if (file === null || !existsSync(file)) return notFound(request, response);
    send(request, response, file, file.startsWith(join(folder, 'assets') + sep));
  };
}

/** Null where there is no such file, or the address leads out of the folder or to what is hidden. */
function fileAt(folder: string, url: string): string | null {
  let path: string;
  try {
    path = decodeURIComponent(url.split('?', 1)[0]!);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.split(/[/\\]/).some((part) => part.startsWith('.')) || !Object.hasOwn(TYPES, extname(path))) return null;
  const file = join(folder, path);
  return file.startsWith(folder + sep) && statSync(file, { throwIfNoEntry: false })?.isFile() ? file : null;
}

/** A person who follows a link, unlike a script that is no longer there. */
function wantsPage({ headers }: IncomingMessage): boolean {
  return headers.accept?.includes('text/html') === true;
}

function send(request: IncomingMessage, response: ServerResponse, file: string, hashed: boolean): void {
  const [encoding, suffix] = ENCODINGS.find(([name, ending]) => accepts(request, name) && existsSync(file + ending)) ?? [null, ''];
  const { mtimeMs, size } = statSync(file + suffix);
  const etag = `"${size.toString(36)}-${Math.trunc(mtimeMs).toString(36)}"`;
  const headers = {
    ...HEADERS, etag, vary: 'accept-encoding', 'content-type': TYPES[extname(file)],
    'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache', ...(encoding && { 'content-encoding': encoding }),
  };
  if (request.headers['if-none-match'] === etag) return void response.writeHead(304, headers).end();
  response.writeHead(200, { ...headers, 'content-length': size });
  if (request.method === 'HEAD') return void response.end();
  createReadStream(file + suffix).on('error', () => response.destroy()).pipe(response);
}

function accepts(request: IncomingMessage, encoding: string): boolean {
  return new RegExp(`(^|[\\s,])${encoding}($|[\\s,;])(?!\\s*q=0(\\.0*)?($|[\\s,]))`).test(String(request.headers['accept-encoding'] ?? ''));
}
