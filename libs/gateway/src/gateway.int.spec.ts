import type { Health } from '@lacollecte/runtime';
import request from 'supertest';
import { createGateway, type GatewayOptions, referenceHandler, type Upstream } from './index.js';

const READY: Health = { service: 'intake', status: 'ready', database: 'up', consumer: 'running', consumerFailure: null, outboxPending: 3, parkedKeys: 0, failedJobs: 0 };

function upstream(name: string, health: () => Promise<Health> = () => Promise.resolve({ ...READY, service: name })): Upstream {
  return { name, health, handle: (incoming, response) => response.end(`${name} got ${incoming.method} ${incoming.url}`) };
}

function gateway(options: Partial<GatewayOptions> = {}) {
  return request(
    createGateway({
      upstreams: [upstream('intake'), upstream('matching')],
      sessions: null,
      issuer: (incoming, response) => response.end(`issuer got ${incoming.url}`),
      reference: referenceHandler(['intake', 'matching']),
      console: (incoming, response) => response.end(`console got ${incoming.url}`),
      accounts: [],
      password: null,
      ...options,
    }),
  );
}

describe('the front door', () => {
  it('leads each path to the service it names, and sign-in to the issuer', async () => {
    const answers = [await gateway().get('/api/intake/lots?limit=1'), await gateway().post('/api/matching/rounds'), await gateway().get('/oidc/auth?x=1'), await gateway().get('/donor/lots?x=1')];
    expect(answers.map(({ text }) => text)).toEqual(['intake got GET /api/intake/lots?limit=1', 'matching got POST /api/matching/rounds', 'issuer got /oidc/auth?x=1', 'console got /donor/lots?x=1']);
  });

  it.each(['/api/unknown/x', '/api', '/api/constructor/x', '/api/reference/package.json'])('answers problem details in the language asked for where nothing is served: %s', async (path) => {
    const traceId = 'a'.repeat(32);
    for (const [language, title] of [['fr', `Rien n'est servi à l'adresse ${path} ; voir /api/reference.`], ['en', `Nothing is served at ${path}; see /api/reference.`]] as const) {
      const response = await gateway().get(`${path}?q=1`).set({ 'accept-language': language, traceparent: `00-${traceId}-${'b'.repeat(16)}-01` }).expect(404)
        .expect('content-type', /application\/problem\+json/).expect('content-language', language).expect('vary', 'accept-language');
      expect(JSON.parse(response.text)).toEqual({ type: 'urn:lacollecte:problem:not-found', title, status: 404, code: 'not-found', instance: `${path}?q=1`, traceId });
    }
    expect(JSON.parse((await gateway().get(path)).text)).toMatchObject({ title: expect.stringContaining('Rien'), traceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });

  it('says that the system is ready, or which service is down', async () => {
    await gateway().get('/health').expect(200).expect(({ body }) => expect(body).toMatchObject({ status: 'ready', services: [{ service: 'intake' }, { service: 'matching' }] }));
    const failing = upstream('matching', () => Promise.reject(new Error('no answer')));
    const { body } = await gateway({ upstreams: [upstream('intake'), failing] }).get('/health').expect(503);
    expect(body).toMatchObject({ status: 'down', services: [{ status: 'ready' }, { service: 'matching', status: 'down', consumerFailure: 'no answer' }] });
  });

  it('shows what runs, in French first, in English to who prefers it or asks for it', async () => {
    const french = await gateway().get('/status').expect(200).expect('content-type', /text\/html/);
    expect(french.text).toContain('Ce qui tourne');
    expect((await gateway().get('/status').set('accept-language', 'de, en;q=0.8')).text).toContain('What runs');
    expect((await gateway().get('/status?lang=en').set('accept-language', 'fr')).text).toContain('<html lang="en">');
  });

  it('shows the accounts of a demonstration as text, and none where there are none', async () => {
    const accounts = [{ email: '<b>a@demo</b>', role: { fr: 'donateur', en: 'donor' } }];
    const { text } = await gateway({ accounts, password: 'a&b' }).get('/status');
    expect(text).toContain('&#60;b&#62;a@demo');
    expect(text).toContain('a&#38;b');
    expect((await gateway().get('/status')).text).not.toContain('Comptes de démonstration');
  });

  it('serves the reference and its own files only', async () => {
    expect((await gateway().get('/api/reference').expect(200)).text).toContain('swagger-ui-bundle.js');
    expect((await gateway().get('/api/reference/start.js').expect(200)).text).toContain('/api/matching/openapi.json');
    await gateway().get('/api/reference/swagger-ui.css').expect(200).expect('content-type', /text\/css/);
    for (const path of ['package.json', '../package.json', '..%2fpackage.json', 'constructor']) await gateway().get(`/api/reference/${path}`).expect(404);
  });
});
