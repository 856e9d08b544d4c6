import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { languageOf } from '@lacollecte/http';
import type { Handler } from './gateway.js';
import { notFound } from './not-found.js';

const ASSETS: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'swagger-ui-standalone-preset.js': 'text/javascript; charset=utf-8',
  'favicon-32x32.png': 'image/png',
};
const FOLDER = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));
const HEADERS = {
  'content-security-policy': "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};
const TITLES = { fr: "LaCollecte : référence de l'API", en: 'LaCollecte: API reference' } as const;

function page(language: keyof typeof TITLES): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${TITLES[language]}</title><link rel="icon" href="/api/reference/favicon-32x32.png"><link rel="stylesheet" href="/api/reference/swagger-ui.css"></head>
<body><div id="reference"></div><script src="/api/reference/swagger-ui-bundle.js"></script><script src="/api/reference/swagger-ui-standalone-preset.js"></script>
<script src="/api/reference/start.js"></script></body></html>`;
}

/** A token that is typed in stays in the page. Without `validatorUrl: null`, Swagger UI asks a validator on another host. */
function startScript(services: readonly string[]): string {
  const options = {
    urls: services.map((name) => ({ name, url: `/api/${name}/openapi.json` })),
    dom_id: '#reference', deepLinking: true, docExpansion: 'list', showExtensions: true, persistAuthorization: false, validatorUrl: null, layout: 'StandaloneLayout',
  };
  return `SwaggerUIBundle({ ...${JSON.stringify(options)}, presets: [SwaggerUIBundle.presets.apis, SwaggerUIStandalonePreset] });`;
}

/** Swagger UI over the services' OpenAPI documents, below `/api/reference`; no request to another host. */
export function referenceHandler(services: readonly string[]): Handler {
  const start = startScript(services);
  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0]!.replace(/^\/api\/reference\/?/, '');
    const language = languageOf(request.headers['accept-language']);
    if (path === '') return void response.writeHead(200, { ...HEADERS, 'content-type': 'text/html; charset=utf-8', 'content-language': language, vary: 'accept-language' }).end(page(language));
    if (path === 'start.js') return void response.writeHead(200, { ...HEADERS, 'content-type': 'text/javascript; charset=utf-8' }).end(start);
    if (!Object.hasOwn(ASSETS, path)) return notFound(request, response);
    response.writeHead(200, { ...HEADERS, 'content-type': ASSETS[path], 'cache-control': 'public, max-age=86400' });
    createReadStream(join(FOLDER, path)).pipe(response);
  };
}
