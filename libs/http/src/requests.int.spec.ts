import { randomUUID } from 'node:crypto';
import { actor } from '@lacollecte/testing';
import { type NotesService, type Sent, startNotes } from './testing/notes-service.js';

const DONOR = actor('donor');
let notes: NotesService;
beforeAll(async () => {
  notes = await startNotes();
});
afterAll(() => notes.close());

const check = (body: unknown, sent: Sent = {}) => notes.send('POST', 'notes/check', { who: DONOR, body, ...sent });
const write = async (text: string): Promise<string> => ((await notes.send('POST', 'notes', { who: DONOR, body: { text } })).body as { id: string }).id;
const refusal = (pointer: string, code: string) => ({ status: 400, body: { code: 'validation', errors: [{ pointer, code }] } });

describe('a body', () => {
  it('is what the schema makes of it: unknown fields are left out', async () => {
    expect(await check({ text: ' a ', unknown: 1 })).toMatchObject({ status: 200, body: { text: 'a' } });
    expect(await check(undefined)).toMatchObject(refusal('/body/text', 'invalid_type'));
    expect(await check('null')).toMatchObject(refusal('/body/text', 'invalid_type'));
    expect(await check('[]')).toMatchObject(refusal('/body', 'invalid_type'));
  });

  it('is refused where it is wrong, each place named, slashes and tildes escaped', async () => {
    const answer = await check({ text: '', weight: 1001, tags: { 'a/b~c': 7 } });
    expect(answer.body).toMatchObject({
      code: 'validation',
      errors: [{ pointer: '/body/text', code: 'too_small' }, { pointer: '/body/weight', code: 'too_big' }, { pointer: '/body/tags/a~1b~0c', code: 'invalid_type' }],
    });
    for (const weight of ['1e300', '1.5', '1e400', '"7"', 'null', '9007199254740993']) expect((await check(`{"text":"x","weight":${weight}}`)).status).toBe(400);
    const many = await check({ text: 'x', tags: Object.fromEntries(Array.from({ length: 3000 }, (_, i) => [`t${i}`, 1])) });
    expect((many.body as { errors: unknown[] }).errors).toHaveLength(100);
  });

  it('with text that PostgreSQL cannot hold is refused, wherever it is', async () => {
    expect(await check({ text: 'a\0b' })).toMatchObject(refusal('/body/text', 'text-unusable'));
    expect(await check({ text: 'x', tags: { a: 'b\0' } })).toMatchObject(refusal('/body/tags/a', 'text-unusable'));
    expect(await check({ text: 'x', tags: { 'a\0': 'b' } })).toMatchObject(refusal('/body/tags', 'text-unusable'));
    expect(await check(String.raw`{"text":"\ud83d"}`)).toMatchObject(refusal('/body/text', 'text-unusable'));
    expect(await check({ text: '😀' })).toMatchObject({ status: 200 });
    expect(await notes.send('GET', 'notes?after=%00', { who: DONOR })).toMatchObject(refusal('/query/after', 'text-unusable'));
    expect(await notes.send('GET', 'failures/%00')).toMatchObject(refusal('/params/how', 'text-unusable'));
  });

  it('nested beyond reason is refused and harms nobody', async () => {
    expect(await check({ text: 'x', any: { a: [{ b: [1] }] } })).toMatchObject({ status: 200 });
    const deep = (levels: number): string => `{"text":"x","any":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    for (const levels of [100, 100_000]) {
      const answer = await notes.send('POST', 'notes', { who: DONOR, body: deep(levels) });
      expect(answer.body).toMatchObject({ code: 'validation', errors: [{ code: 'nested-too-deep' }] });
    }
  });

  it('cannot reach a prototype', async () => {
    for (const poison of ['{"text":"x","__proto__":{"admin":true}}', '{"text":"x","tags":{"constructor":{"prototype":{"admin":true}}}}']) {
      expect((await check(poison)).status).toBe(400);
    }
    expect(await check('{"text":"x","tags":{"constructor":"c","toString":"t"}}')).toMatchObject({ status: 200 });
    expect(await notes.send('GET', 'notes?__proto__=1&constructor=2', { who: DONOR })).toMatchObject({ status: 200 });
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });

  it('that is no JSON, too large, or of another type is refused as such', async () => {
    for (const broken of ['{"text":', 'nonsense', '']) expect(await check(broken)).toMatchObject({ status: 400, body: { code: 'malformed-request' } });
    expect(await check(JSON.stringify({ text: 'x'.repeat(1_100_000) }))).toMatchObject({ status: 413, body: { code: 'payload-too-large' } });
    for (const type of ['text/plain', 'text/csv', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/jsonp', 'nonsense']) {
      expect({ type, ...(await check('{"text":"x"}', { headers: { 'content-type': type } })) }).toMatchObject({ type, status: 415, body: { code: 'unsupported-media-type' } });
    }
    expect(await check('{"text":"x"}', { headers: { 'content-type': 'Application/JSON; charset=utf-8' } })).toMatchObject({ status: 200 });
    const id = await write('no body wanted');
    expect(await notes.send('POST', `notes/${id}/mark`, { who: DONOR, body: 'a,b', headers: { 'content-type': 'text/csv' } })).toMatchObject({ status: 415 });
  });

  it('is not read for somebody who may not send it', async () => {
    expect(await notes.send('POST', 'notes/check', { body: 'x', headers: { 'content-type': 'text/csv' } })).toMatchObject({ status: 401 });
    expect(await notes.send('POST', 'notes/check', { who: actor('structure'), body: {} })).toMatchObject({ status: 403 });
  });
});

describe('an edit of what a person was shown', () => {
  const edit = (id: string, headers: Record<string, string>, method: 'PATCH' | 'PUT' = 'PATCH') =>
    notes.send(method, `notes/${id}`, { who: DONOR, body: { text: 'edited' }, headers });

  it('names the version it saw, and is shown the next', async () => {
    const id = await write('to edit');
    expect(await notes.send('GET', `notes/${id}`, { who: DONOR })).toMatchObject({ headers: { etag: '"1"' } });
    expect(await edit(id, {})).toMatchObject({ status: 428, body: { code: 'precondition-required' } });
    for (const header of ['W/"1"', '*', '1', '"1", "2"', '"01x"', '"1"1', '""', '"99999999999999999999"']) {
      expect({ header, ...(await edit(id, { 'if-match': header })) }).toMatchObject({ header, status: 400, body: { code: 'if-match-malformed' } });
    }
    expect(await edit(id, { 'if-match': '"7"' })).toMatchObject({ status: 412, body: { code: 'stale-version' } });
    expect(await edit(id, { 'if-match': '"1"' })).toMatchObject({ status: 200, headers: { etag: '"2"' }, body: { version: 2, text: 'edited' } });
    expect(await edit(id, { 'if-match': '"1"' })).toMatchObject({ status: 412 });
    expect(await edit(id, { 'if-match': '"2"' }, 'PUT')).toMatchObject({ status: 200, headers: { etag: '"3"' } });
    expect(await notes.send('DELETE', `notes/${id}`, { who: DONOR, headers: { 'if-match': '"3"' } })).toMatchObject({ status: 204, text: '' });
    expect(await notes.send('GET', `notes/${id}`, { who: DONOR })).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });

  it('by two at once is one, and the other is told', async () => {
    const id = await write('contested');
    const statuses = (await Promise.all([1, 2, 3, 4].map(() => edit(id, { 'if-match': '"1"' })))).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 412, 412, 412]);
  });
});

describe('params, paths and pages', () => {
  it('an id that is none names its place', async () => {
    for (const id of ['7', 'nil', `${randomUUID()}x`, '%27%20or%201=1']) expect(await notes.send('GET', `notes/${id}`, { who: DONOR })).toMatchObject(refusal('/params/noteId', 'invalid_format'));
  });

  it('a page goes on where the one before ended', async () => {
    for (const text of ['p1', 'p2', 'p3']) await write(text);
    const all: unknown[] = [];
    let after = '';
    for (let next: string | null = ''; next !== null; after = `&after=${next}`) {
      const page = (await notes.send('GET', `notes?limit=2${after}`, { who: DONOR })).body as { items: unknown[]; next: string | null };
      expect(page.items.length).toBeLessThanOrEqual(2);
      all.push(...page.items);
      ({ next } = page);
    }
    expect(all).toHaveLength((await notes.db.sql('select 1 from note')).length);
    for (const limit of ['0', '201', '-1', 'x', '', '1.5', '2&limit=3']) expect((await notes.send('GET', `notes?limit=${limit}`, { who: DONOR })).status).toBe(400);
  });

  it('a cursor of somebody else is refused', async () => {
    const id = randomUUID();
    const made = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const bad = [
      'x', '%00', made([]), made(['2026-01-01 10:00:00+00']), made(['2026-01-01 10:00:00+00', 'x']), made(['yesterday', id]), made(['infinity', id]),
      made(['2026-02-30 10:00:00+00', id]), made(['2026-01-01 25:00:00+00', id]), made(['0000-01-01 10:00:00+00', id]), made(['2026-01-01 10:00:00+99', id]), made([null, id]),
    ];
    for (const after of bad) expect({ after, ...(await notes.send('GET', `notes?after=${after}`, { who: DONOR })) }).toMatchObject({ after, status: 400 });
    expect(await notes.send('GET', `notes?after=${made(['x', id])}`, { who: DONOR })).toMatchObject({ body: { code: 'bad-cursor', errors: [{ pointer: '/query/after' }] } });
    for (const time of ['2026-01-01 10:00:00+00', '2024-02-29 10:00:00.123456+05:30', '']) expect((await notes.send('GET', `notes?after=${made([time, id])}`, { who: DONOR })).status).toBe(200);
  });

  it('a path or method that leads nowhere is a problem like any other', async () => {
    for (const path of ['nothing', 'notes/a/b/c', '..%2f..%2fetc']) {
      const answer = await notes.send('GET', path, { who: DONOR });
      expect({ path, ...answer }).toMatchObject({ path, status: 404, headers: { 'content-type': 'application/problem+json; charset=utf-8' }, body: { code: 'not-found' } });
    }
    for (const path of ['notes/%E0%A4%A', `notes/${'x'.repeat(500)}`]) {
      expect({ path, ...(await notes.send('GET', path, { who: DONOR })) }).toMatchObject({ path, status: 400, body: { code: 'malformed-request', status: 400 } });
    }
    expect(await notes.send('PATCH', 'notes', { who: DONOR, body: {} })).toMatchObject({ status: 404 });
    expect(await notes.send('OPTIONS', 'notes', { who: DONOR })).toMatchObject({ status: 404, body: { code: 'not-found' } });
    expect(await notes.send('HEAD', 'notes', { who: DONOR })).toMatchObject({ status: 200, text: '' });
    expect(await notes.send('HEAD', 'notes')).toMatchObject({ status: 401, text: '' });
  });

  it('every answer says that it is to be neither kept, framed nor guessed at', async () => {
    for (const answer of [await notes.send('GET', 'open'), await notes.send('GET', 'notes'), await notes.send('GET', 'nothing')]) {
      expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" });
    }
  });
});

test('a change is traced to what the request names, where that is well-formed', async () => {
  const causeOf = async (headers: Record<string, string>) => (await notes.send('GET', 'cause', { headers })).body;
  const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
  expect(await causeOf({})).toEqual({ correlationId: null, causationId: null, traceparent: null });
  expect(await causeOf({ 'x-correlation-id': 'lot:7', traceparent })).toEqual({ correlationId: 'lot:7', causationId: null, traceparent });
  for (const headers of [{ 'x-correlation-id': 'a b', traceparent: 'x' }, { 'x-correlation-id': 'x'.repeat(101), traceparent: `${traceparent}-more` }]) {
    expect(await causeOf(headers)).toEqual({ correlationId: null, causationId: null, traceparent: null });
  }
});

test('nothing of all this was logged as a failure of ours', () => {
  expect(notes.logged).toEqual([]);
});
