import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Tracing } from '@lacollecte/runtime';
import { eventually } from '@lacollecte/testing';
import request from 'supertest';
import { createGateway, referenceHandler, remoteUpstream } from './index.js';

const servers: Server[] = [];

async function serve(listener: RequestListener, port = 0): Promise<{ server: Server; url: string; port: number }> {
  const server = createServer(listener).listen(port, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  return { server, port: taken, url: `http://127.0.0.1:${taken}` };
}

function end(server: Server): Promise<unknown> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(resolve));
}

afterEach(async () => {
  for (const server of servers.splice(0)) await end(server);
});

/** A replica that answers with its name and what it was sent. */
const echo = (name: string): RequestListener => async (incoming, response) => void response.end(`${name} ${incoming.method} ${incoming.url} ${await text(incoming)}`);

const nothing: RequestListener = (_request, response) => void response.end();

async function gateway(addresses: readonly string[], tracing: Tracing | null = null) {
  const errors: Error[] = [];
  const upstream = remoteUpstream('intake', addresses, { tracing, onError: (error) => errors.push(error) });
  const { url } = await serve(createGateway({ upstreams: [upstream], issuer: null, sessions: null, reference: referenceHandler(['intake']), console: nothing, accounts: [], password: null }).listeners('request')[0] as RequestListener);
  return { url, errors, ask: request(url) };
}

describe('several replicas', () => {
  it('are asked in turn', async () => {
    const { ask } = await gateway([(await serve(echo('one'))).url, (await serve(echo('two'))).url]);
    const answers = [await ask.get('/api/intake/x'), await ask.get('/api/intake/x'), await ask.get('/api/intake/x')].map(({ text: said }) => said.split(' ')[0]);
    expect(answers).toEqual(['one', 'two', 'one']);
  });

  it('one that lets nobody in costs nobody an answer, and is asked again once it is back', async () => {
    const [one, two] = [await serve(echo('one')), await serve(echo('two'))];
    const { ask, errors } = await gateway([one.url, two.url]);
    await end(one.server);
    for (let i = 0; i < 6; i++) expect((await ask.post('/api/intake/lots').send({ i }).expect(200)).text).toBe(`two POST /api/intake/lots {"i":${i}}`);
    expect(errors).toEqual([]);
    await serve(echo('one again'), one.port);
    await eventually(async () => (await ask.get('/api/intake/x')).text.startsWith('one again'), { what: 'the first is asked again' });
  });

  it('where none lets anybody in, it is said that asking again is safe', async () => {
    const [one, two] = [await serve(echo('one')), await serve(echo('two'))];
    const { ask, errors } = await gateway([one.url, two.url]);
    await Promise.all([end(one.server), end(two.server)]);
    await ask.get('/api/intake/x').expect(503).expect('retry-after', '2').expect(({ text: said }) => expect(JSON.parse(said)).toMatchObject({ code: 'unavailable' }));
    expect(errors).toHaveLength(1);
  });

  it('one that takes a command and dies is not followed by another: it may have been done', async () => {
    const taken: string[] = [];
    const dies = (name: string): RequestListener => async (incoming) => {
      taken.push(`${name} ${await text(incoming)}`);
      incoming.socket.destroy();
    };
    const { ask } = await gateway([(await serve(dies('one'))).url, (await serve(dies('two'))).url]);
    await ask.post('/api/intake/lots').send({ title: 'a' }).expect(503);
    expect(taken).toHaveLength(1);
  });
});

describe('what flows', () => {
  const STREAM = '/api/intake/operations/stream';

  /** Sends its events one by one, the first in two pieces, when it is told to. */
  function streaming() {
    const open: ServerResponse[] = [];
    const listener: RequestListener = (incoming, response) => {
      if (incoming.headers.authorization !== 'Bearer ops') return void response.writeHead(403, { 'content-type': 'application/problem+json' }).end('{"code":"forbidden"}');
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 1000\n\n');
      open.push(response);
    };
    return { open, listener };
  }

  async function watch(url: string): Promise<{ answer: IncomingMessage; said: () => string }> {
    const asked = get(`${url}${STREAM}?seconds=60`, { headers: { authorization: 'Bearer ops' } });
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    let said = '';
    answer.setEncoding('utf8').on('data', (piece: string) => (said += piece));
    return { answer, said: () => said };
  }

  it('through all processes is one stream of whole events', async () => {
    const [one, two] = [streaming(), streaming()];
    const { url } = await gateway([(await serve(one.listener)).url, (await serve(two.listener)).url]);
    const { answer, said } = await watch(url);
    expect(answer.headers['content-type']).toMatch(/^text\/event-stream/);
    one.open[0]!.write('data: {"half":');
    two.open[0]!.write('data: {"whole":2}\n\n');
    await eventually(() => said().includes('"whole":2'), { what: 'the second is heard' });
    one.open[0]!.write('1}\n\n');
    await eventually(() => said().includes('"half"'), { what: 'the first is heard' });
    expect(said().match(/^data: .*$/gm)).toEqual(['data: {"whole":2}', 'data: {"half":1}']);
    for (const { open } of [one, two]) open[0]!.end();
    await once(answer, 'end');
  });

  it('goes on where a process dies, and is heard of it again when it is back', async () => {
    const [one, two] = [streaming(), streaming()];
    const first = await serve(one.listener);
    const { url } = await gateway([first.url, (await serve(two.listener)).url]);
    const { answer, said } = await watch(url);
    await end(first.server);
    two.open[0]!.write('data: of two\n\n');
    await eventually(() => said().includes('of two'), { what: 'the other is heard' });
    await serve(one.listener, first.port);
    await eventually(() => one.open.length === 2, { what: 'the first is asked again' });
    one.open[1]!.write('data: of one\n\n');
    await eventually(() => said().includes('of one'), { what: 'the first is heard' });
    answer.destroy();
    await eventually(() => one.open[1]!.destroyed && two.open[0]!.destroyed, { what: 'nobody goes on for a client that has gone' });
  });

  it('through all services is one stream, for one connection of a browser, and who is let in nowhere is told so', async () => {
    const [one, two] = [streaming(), streaming()];
    const upstreams = [await serve(one.listener), await serve(two.listener)].map(({ url }, n) => remoteUpstream(['intake', 'matching'][n]!, [url], { tracing: null, onError: () => undefined }));
    const { url } = await serve(createGateway({ upstreams, issuer: null, sessions: null, console: echo('console'), reference: referenceHandler(['intake']), accounts: [], password: null }).listeners('request')[0] as RequestListener);
    const asked = get(`${url}/api/operations/stream?seconds=60`, { headers: { authorization: 'Bearer ops' } });
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    let said = '';
    answer.setEncoding('utf8').on('data', (piece: string) => (said += piece));
    one.open[0]!.write('data: of intake\n\n');
    two.open[0]!.write('data: of matching\n\n');
    await eventually(() => said.includes('of intake') && said.includes('of matching'), { what: 'both are heard' });
    for (const { open } of [one, two]) open[0]!.end();
    await once(answer, 'end');
    await request(url).get('/api/operations/stream?seconds=60').expect(403);
  });

  it('is refused as a process refuses it', async () => {
    const [one, two] = [streaming(), streaming()];
    const { ask } = await gateway([(await serve(one.listener)).url, (await serve(two.listener)).url]);
    await ask.get(STREAM).expect(403).expect('content-type', 'application/problem+json').expect(({ text: said }) => expect(said).toBe('{"code":"forbidden"}'));
  });
});

describe('a trace', () => {
  it('begins at the front door, or goes on there, and the service carries it on', async () => {
    const spans: { name: string; parent: string | null | undefined; ended: unknown }[] = [];
    const tracing: Tracing = {
      trace: (name, start) => {
        const span = { name, parent: start().parent, ended: 'not yet' as unknown };
        spans.push(span);
        return { traceparent: `00-${'a'.repeat(32)}-${String(spans.length).padStart(16, '0')}-01`, end: (error) => (span.ended = error) };
      },
      close: () => Promise.resolve(),
    };
    const { url } = await serve((incoming, response) => void response.writeHead(incoming.url!.endsWith('broken') ? 500 : 200).end(String(incoming.headers.traceparent)));
    const { ask } = await gateway([url], tracing);
    const given = `00-${'c'.repeat(32)}-${'d'.repeat(16)}-01`;
    expect((await ask.get('/api/intake/lots/1')).text).toMatch(/-0{15}1-01$/);
    expect((await ask.post('/api/intake/broken').set({ traceparent: given })).text).toMatch(/-0{15}2-01$/);
    await eventually(() => spans.every(({ ended }) => ended !== 'not yet'), { what: 'both ended' });
    expect(spans).toEqual([{ name: 'GET /api/intake', parent: null, ended: undefined }, { name: 'POST /api/intake', parent: given, ended: 'status 500' }]);
  });
});
