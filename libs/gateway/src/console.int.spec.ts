import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import supertest from 'supertest';
import { consoleHandler } from './index.js';

const folder = mkdtempSync(join(tmpdir(), 'lacollecte-console-'));
const request = supertest(createServer(consoleHandler(join(folder, 'dist'))));

beforeAll(() => {
  mkdirSync(join(folder, 'dist/assets'), { recursive: true });
  mkdirSync(join(folder, 'dist/.vite'));
  const files = {
    'secret.json': '{}', 'dist/index.html': 'the page', 'dist/index.html.gz': 'the page, smaller', 'dist/assets/index-1a2b.js': 'script', 'dist/assets/index-1a2b.js.br': 'br',
    'dist/assets/index-1a2b.js.gz': 'gzip', 'dist/.vite/manifest.json': '{}', 'dist/sw.js': 'worker', 'dist/manifest.webmanifest': '{}', 'dist/icon-192.png': 'png',
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
});
afterAll(() => rmSync(folder, { recursive: true }));

const page = (path: string) => request.get(path).set({ accept: 'text/html,*/*', 'accept-encoding': 'identity' });

it('answers any address of a page with the one page, which runs scripts of ours alone', async () => {
  for (const path of ['/', '/donor/lots', '/donor/lots/7?x=1', '/index.html']) {
    const { text, headers } = await page(path).expect(200).expect('content-type', /text\/html/).expect('cache-control', 'no-cache');
    expect(text).toBe('the page');
    expect(headers['content-security-policy']).toContain("script-src 'self';");
  }
});

it('keeps what has a hash for a year, and asks again for what has none', async () => {
  await request.get('/assets/index-1a2b.js').set('accept-encoding', 'identity').expect(200, 'script').expect('cache-control', /max-age=31536000, immutable/).expect('content-type', /javascript/);
  const { headers } = await request.get('/sw.js').expect(200).expect('cache-control', 'no-cache');
  await request.get('/sw.js').set('if-none-match', headers['etag']!).expect(304);
  await request.get('/manifest.webmanifest').expect(200).expect('cache-control', 'no-cache').expect('content-type', /^application\/manifest\+json/);
  await request.get('/icon-192.png').expect(200).expect('cache-control', 'no-cache').expect('content-type', 'image/png');
});

it.each([['gzip, deflate, br', 'br', 2], ['gzip', 'gzip', 4], ['br;q=0, gzip', 'gzip', 4], ['identity', undefined, 6], ['brotli', undefined, 6]])('sends what was compressed when it was built, to who accepts it: %s', async (accepted, encoding, length) => {
  const { headers } = await request.head('/assets/index-1a2b.js').set('accept-encoding', accepted).expect(200).expect('vary', 'accept-encoding');
  expect([headers['content-encoding'], headers['content-length']]).toEqual([encoding, String(length)]);
});

it.each(['/assets/gone-9f.js', '/../secret.json', '/..%2fsecret.json', '/%2e%2e/secret.json', '/.vite/manifest.json', '/assets/index-1a2b.js.br', '/%00.js', '/%E0%A4%A', '/assets'])('has nothing for a script at %s', async (path) => {
  await request.get(path).set('accept', '*/*').expect(404).expect('content-type', /problem\+json/);
});

it('gives no page to what changes something', async () => {
  await request.post('/donor/lots').set('accept', 'text/html').expect(404);
});
