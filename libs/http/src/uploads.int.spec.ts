import { randomUUID } from 'node:crypto';
import { request } from 'node:http';
import { actor, eventually } from '@lacollecte/testing';
import { received } from './testing/notes.controller.js';
import { type NotesService, startNotes } from './testing/notes-service.js';

const DONOR = actor('donor');
let notes: NotesService;
let port: number;
beforeAll(async () => {
  notes = await startNotes();
  await notes.app.listen(0, '127.0.0.1');
  port = (notes.app.getHttpServer().address() as { port: number }).port;
});
afterAll(() => notes.close());

const upload = (body: unknown, headers: Record<string, string>) => notes.send('POST', 'notes/upload', { who: DONOR, body, headers });

/** A request whose body is written by hand, and what it is answered. */
async function begin(headers: Record<string, string>) {
  const outgoing = request({
    host: '127.0.0.1', port, method: 'POST', path: '/api/dispatch/notes/upload',
    headers: { authorization: `Bearer ${await notes.issuer.token(DONOR)}`, 'idempotency-key': randomUUID(), 'content-type': 'text/csv', ...headers },
  });
  const answer = new Promise<{ status: number; text: string }>((resolve, reject) => {
    outgoing.on('error', reject);
    outgoing.on('response', (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => { text += chunk.toString(); });
      response.on('end', () => resolve({ status: response.statusCode!, text }));
    });
  });
  return { outgoing, answer };
}

describe('an upload', () => {
  it('comes as a stream whatever type it claims, beyond the limit of a JSON body', async () => {
    const megabytes = Buffer.alloc(3_000_000, 'x');
    for (const type of ['text/csv', 'text/plain', 'application/vnd.ms-excel', 'application/octet-stream']) {
      expect({ type, ...(await upload(megabytes, { 'content-type': type })) }).toMatchObject({ type, status: 200, body: { bytes: 3_000_000 } });
    }
  });

  it('may be empty', async () => {
    expect(await upload(undefined, {})).toMatchObject({ status: 200, body: { bytes: 0 } });
    expect(await upload('', { 'content-type': 'text/csv' })).toMatchObject({ status: 200, body: { bytes: 0 } });
  });

  it('is no JSON and no form: those were read already', async () => {
    for (const [type, body] of [['application/json', '{"a":1}'], ['application/x-www-form-urlencoded', 'a=1']] as const) {
      expect(await upload(body, { 'content-type': type })).toMatchObject({ status: 415, body: { code: 'unsupported-media-type' } });
    }
  });

  it('is read while it still comes: nothing waits for its end', async () => {
    received.bytes = 0;
    const { outgoing, answer } = await begin({});
    outgoing.write('first,');
    await eventually(() => expect(received.bytes).toBe(6), { what: 'the first part to reach the handler' });
    outgoing.write('second');
    await eventually(() => expect(received.bytes).toBe(12), { what: 'the second part to reach the handler' });
    outgoing.end();
    expect(await answer).toEqual({ status: 200, text: '{"bytes":12}' });
  });

  it('refused is answered before it was sent whole', async () => {
    const { outgoing, answer } = await begin({ authorization: 'Bearer nothing' });
    outgoing.write('first,');
    expect(await answer).toMatchObject({ status: 401 });
    outgoing.destroy();
  });

  it('that its sender breaks off is no failure of ours', async () => {
    received.bytes = 0;
    const { outgoing, answer } = await begin({ 'content-length': '100' });
    answer.catch(() => undefined);
    outgoing.write('first,');
    await eventually(() => expect(received.bytes).toBe(6), { what: 'the first part to reach the handler' });
    outgoing.destroy();
    await eventually(async () => expect(await notes.db.sql(`select 1 from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`)).toEqual([]), {
      what: 'the transaction to end',
    });
    expect(notes.logged).toEqual([]);
  });

  it('counts as the same when it is repeated under its key', async () => {
    const key = randomUUID();
    const send = (body: string, type = 'text/csv') => upload(body, { 'idempotency-key': key, 'content-type': type });
    expect(await send('a,b,c')).toMatchObject({ status: 200 });
    expect(await send('a,b,c')).toMatchObject({ status: 200, headers: { 'idempotent-replayed': 'true' } });
    expect(await send('a,b,c,d')).toMatchObject({ status: 422 });
  });
});
