import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runInNewContext } from 'node:vm';
import { referenceHandler } from './reference.js';

let server: Server;
let base: string;
beforeAll(async () => {
  server = createServer(referenceHandler(['intake', 'dispatch']));
  await new Promise<void>((listening) => void server.listen(0, '127.0.0.1', listening));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise<void>((closed) => void server.close(() => closed())));

const get = (path: string, language = 'fr') => fetch(`${base}${path}`, { headers: { 'accept-language': language } });

describe('the API reference', () => {
  it('is a page in French, or English where that is preferred', async () => {
    for (const [language, title] of [['fr', 'référence de l'], ['en', 'API reference']] as const) {
      for (const path of ['/api/reference', '/api/reference/', '/api/reference?urls.primaryName=intake']) {
        const answer = await get(path, language);
        expect(answer.status).toBe(200);
        expect(answer.headers.get('content-language')).toBe(language);
        const text = await answer.text();
        expect(text).toContain(`<html lang="${language}">`);
        expect(text).toContain(title);
      }
    }
  });

  it('loads all that its page names from here, and lets nothing be asked of another host', async () => {
    const answer = await get('/api/reference');
    expect(answer.headers.get('content-security-policy')).toMatch(/default-src 'none'.*connect-src 'self'/);
    const named = [...(await answer.text()).matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path!);
    expect(named).toHaveLength(5);
    for (const path of named) {
      expect(path).toMatch(/^\/api\/reference\//);
      const asset = await get(path);
      expect({ path, status: asset.status, guess: asset.headers.get('x-content-type-options') }).toEqual({ path, status: 200, guess: 'nosniff' });
      expect((await asset.arrayBuffer()).byteLength).toBeGreaterThan(100);
    }
  });

  it('shows the document of every service, asks no validator elsewhere and keeps no token', async () => {
    let options: unknown;
    const bundle = Object.assign((given: unknown) => { options = given; }, { presets: { apis: [] } });
    runInNewContext(await (await get('/api/reference/start.js')).text(), { SwaggerUIBundle: bundle, SwaggerUIStandalonePreset: [] });
    expect(options).toMatchObject({
      urls: [{ name: 'intake', url: '/api/intake/openapi.json' }, { name: 'dispatch', url: '/api/dispatch/openapi.json' }], validatorUrl: null, persistAuthorization: false,
    });
  });

  it('gives no other file', async () => {
    for (const path of ['package.json', 'index.html', '..%2fpackage.json', '%2e%2e/package.json', 'constructor', 'swagger-ui.css/']) {
      expect({ path, status: (await get(`/api/reference/${path}`)).status }).toEqual({ path, status: 404 });
    }
  });
});
