import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { Handler } from './gateway.js';

const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui-standalone-preset.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};
const FOLDER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const CSP = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

const PAGE = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>LaCollecte: API</title><link rel="icon" href="/api/reference/favicon-32x32.png"><link rel="stylesheet" href="/api/reference/swagger-ui.css"></head>
<body><div id="reference"></div><script src="/api/reference/swagger-ui-bundle.js"></script><script src="/api/reference/swagger-ui-standalone-preset.js"></script>
<script src="/api/reference/start.js"></script></body></html>`;

function startScript(services: readonly string[]): string {
  const urls = services.map((name) => ({ name, url: `/api/${name}/openapi.json` }));
  return `SwaggerUIBundle({ urls: ${JSON.stringify(urls)}, dom_id: '#reference', deepLinking: true, persistAuthorization: true, docExpansion: 'list',
    presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset], layout: 'StandaloneLayout' });`;
}

/** Swagger UI over the services' OpenAPI documents, below `/api/reference`; no request to another host. */
export function referenceHandler(services: readonly string[]): Handler {
  const start = startScript(services);
  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0]!.replace(/^\/api\/reference\/?/, '');
    const send = (type: string, body: string): void => {
      response.writeHead(200, { 'content-type': type, 'content-security-policy': CSP, 'x-content-type-options': 'nosniff' }).end(body);
    };
    if (path === '') return send('text/html; charset=utf-8', PAGE);
    if (path === 'start.js') return send('text/javascript; charset=utf-8', start);
    const type = ASSETS[path];
    if (type === undefined) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': type, 'cache-control': 'public, max-age=86400' });
    createReadStream(join(FOLDER, path)).pipe(response);
  };
}
