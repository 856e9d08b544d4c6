import { randomUUID } from 'node:crypto';
import { actor } from '@lacollecte/testing';
import { written } from './testing/notes.controller.js';
import { type NotesService, type Sent, startNotes } from './testing/notes-service.js';

const DONOR = actor('donor');
let notes: NotesService;
beforeAll(async () => {
  notes = await startNotes();
});
afterAll(() => notes.close());

const write = (key: string, body: object, sent: Sent = {}) => notes.send('POST', 'notes', { who: DONOR, body, headers: { 'idempotency-key': key }, ...sent });
const count = async (text: string): Promise<number> => (await notes.db.sql<{ n: number }>('select count(*)::int as n from note where text = $1', [text]))[0]!.n;

describe('a repeated command', () => {
  it('is answered as before, with the same status, body and ETag, and runs once', async () => {
    const key = randomUUID();
    const before = written.times;
    const first = await write(key, { text: 'once' });
    expect(first).toMatchObject({ status: 201, headers: { etag: '"1"' } });
    expect(first.headers).not.toHaveProperty('idempotent-replayed');
    const again = await write(key, { text: 'once' });
    expect(again).toMatchObject({ status: 201, body: first.body, headers: { etag: '"1"', 'idempotent-replayed': 'true' } });
    expect(written.times).toBe(before + 1);
    expect(await count('once')).toBe(1);
  });

  it('sent by many at once has one effect, and all get its answer', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 6 }, () => write(key, { text: 'slowly' })));
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
    for (const answer of answers) expect(answer.body).toEqual(answers[0]!.body);
    expect(await count('slowly')).toBe(1);
  });

  it('sent twice at once, where one runs into what the other has just written, has one answer', async () => {
    const key = randomUUID();
    const answers = await Promise.all([1, 2, 3].map(() => write(key, { text: 'only one' })));
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    for (const answer of answers) expect(answer.body).toEqual(answers[0]!.body);
    expect((await write(randomUUID(), { text: 'only one' })).status).toBe(500);
  });

  it('with another body or query is refused, and changes nothing', async () => {
    const key = randomUUID();
    await write(key, { text: 'mine' });
    expect(await write(key, { text: 'other' })).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
    expect(await notes.send('POST', 'notes?to=other', { who: DONOR, body: { text: 'mine' }, headers: { 'idempotency-key': key } })).toMatchObject({ status: 422 });
    expect(await count('other')).toBe(0);
    expect(await count('mine')).toBe(1);
  });

  it('is the same in whatever order its fields come, and another in another order of items', async () => {
    const key = randomUUID();
    const sendRaw = (body: string) => notes.send('POST', 'notes', { who: DONOR, body, headers: { 'idempotency-key': key } });
    const first = await sendRaw('{"text":"in order","tags":{"a":"1","b":"2"},"any":[1,2]}');
    expect(await sendRaw('{ "any": [1, 2], "tags": {"b":"2","a":"1"}, "text": "in order" }')).toMatchObject({ status: 201, body: first.body, headers: { 'idempotent-replayed': 'true' } });
    expect(await sendRaw('{"text":"in order","tags":{"a":"1","b":"2"},"any":[2,1]}')).toMatchObject({ status: 422 });
    expect(await sendRaw('{"text":"in order","tags":{"a":"2","b":"1"},"any":[1,2]}')).toMatchObject({ status: 422 });
    expect(await count('in order')).toBe(1);
  });

  it('is another command for another person or another route', async () => {
    const key = randomUUID();
    const first = await write(key, { text: 'shared key' });
    const other = await write(key, { text: 'shared key' }, { who: actor('donor') });
    expect(other.status).toBe(201);
    expect(other.body).not.toEqual(first.body);
    const { id } = first.body as { id: string };
    expect(await notes.send('POST', `notes/${id}/mark`, { who: DONOR, headers: { 'idempotency-key': key } })).toMatchObject({ status: 204 });
  });

  it('that was refused has left no trace of its key: put right, it runs', async () => {
    const key = randomUUID();
    const missing = randomUUID();
    expect((await write(key, { text: '' })).status).toBe(400);
    expect((await notes.send('POST', `notes/${missing}/unknown`, { who: DONOR, headers: { 'idempotency-key': key } })).status).toBe(404);
    expect(await write(key, { text: 'put right' })).toMatchObject({ status: 201 });
  });

  it('without content is repeated without content', async () => {
    const { id } = (await write(randomUUID(), { text: 'to mark' })).body as { id: string };
    const mark = { who: DONOR, headers: { 'idempotency-key': 'mark-1' } };
    for (const replayed of [undefined, 'true']) {
      const answer = await notes.send('POST', `notes/${id}/mark`, mark);
      expect(answer).toMatchObject({ status: 204, text: '' });
      expect(answer.headers['idempotent-replayed']).toBe(replayed);
    }
    expect(await notes.db.sql('select marks from note where id = $1', [id])).toEqual([{ marks: 1 }]);
  });
});

test('a POST needs a key that can be kept, unless it changes nothing', async () => {
  const { send, issuer } = notes;
  const authorization = `Bearer ${await issuer.token(DONOR)}`;
  const without = await notes.app.inject({ method: 'POST', url: '/api/dispatch/notes', headers: { authorization }, payload: { text: 'x' } });
  expect(without.json()).toMatchObject({ status: 400, code: 'idempotency-key-missing' });
  for (const key of ['', 'a b', 'é', 'x'.repeat(201)]) expect(await write(key, { text: 'x' })).toMatchObject({ status: 400, body: { code: 'idempotency-key-malformed' } });
  const dry = await notes.app.inject({ method: 'POST', url: '/api/dispatch/notes/check', headers: { authorization }, payload: { text: ' x ' } });
  expect(dry.json()).toEqual({ text: 'x' });
  expect(await send('GET', 'notes', { who: DONOR })).toMatchObject({ status: 200 });
});
