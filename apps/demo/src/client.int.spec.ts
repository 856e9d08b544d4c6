import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Api, chunks, Refusal } from './client.js';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

let server: Server;
let answer: Answer;
let seen: { key: string | undefined; version: string | undefined; path: string }[];
let api: Api;

const problem = (status: number, code: string, headers: Record<string, string> = {}): Answer => (_, response) =>
  void response.writeHead(status, { 'content-type': 'application/problem+json', ...headers }).end(JSON.stringify({ code, title: 'No.' }));
const json = (body: unknown): Answer => (_, response) => void response.end(JSON.stringify(body));
/** One after the other, the last for ever. */
function inTurn(...answers: Answer[]): void {
  answer = (request, response) => (answers.length > 1 ? answers.shift()! : answers[0]!)(request, response);
}

beforeEach(async () => {
  seen = [];
  server = createServer((request, response) => {
    seen.push({ key: request.headers['idempotency-key'] as string | undefined, version: request.headers['if-match'], path: request.url! });
    request.resume().on('end', () => answer(request, response));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  api = new Api(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, '1/run');
});
afterEach(() => void server.close().closeAllConnections());

it('sends a command again, under the same key, until the system can take it', async () => {
  inTurn(problem(503, 'try-again'), problem(409, 'not-here-yet', { 'retry-after': '0.01' }), (request) => request.socket.destroy(), json({ done: true }));
  expect(await api.visitor.post('/intake/lots', 'open lot', { body: {}, version: 3 })).toEqual({ done: true });
  expect(seen).toHaveLength(4);
  expect(new Set(seen.map(({ key }) => key)).size).toBe(1);
  expect(seen[0]).toMatchObject({ key: expect.stringMatching(/^[0-9A-F]{40}$/), version: '"3"', path: '/api/intake/lots' });
});

it('names each step of each run otherwise', async () => {
  answer = json({});
  await api.visitor.post('/a', 'one');
  await api.visitor.post('/a', 'two');
  await new Api(api.url, '1/other').visitor.post('/a', 'one');
  expect(new Set(seen.map(({ key }) => key)).size).toBe(3);
});

it('gives up at once on a refusal that stays one, and says why', async () => {
  inTurn(problem(409, 'lot-state'));
  await expect(api.visitor.post('/intake/lots', 'open lot')).rejects.toMatchObject({ name: 'Refusal', status: 409, code: 'lot-state', message: 'POST /intake/lots: 409 lot-state: No.' });
  expect(seen).toHaveLength(1);
  expect(new Refusal(400, 'x', 'GET /y', '').message).toBe('GET /y: 400 x');
});

it('has at most eight requests under way', async () => {
  let now = 0;
  let most = 0;
  answer = (_, response) => {
    most = Math.max(most, ++now);
    setImmediate(() => {
      now -= 1;
      response.end('{}');
    });
  };
  await Promise.all(Array.from({ length: 60 }, (_, i) => api.visitor.get(`/${i}`)));
  expect(seen).toHaveLength(60);
  expect(most).toBeLessThanOrEqual(8);
});

it('reads a list to its end', async () => {
  inTurn(json({ items: [1, 2], next: 'a' }), json({ items: [3], next: null }));
  expect(await api.visitor.all('/list?state=x')).toEqual([1, 2, 3]);
  expect(seen.map(({ path }) => path)).toEqual(['/api/list?state=x&limit=200', '/api/list?state=x&limit=200&after=a']);
});

it('cuts into parts', () => expect(chunks([1, 2, 3], 2)).toEqual([[1, 2], [3]]));
