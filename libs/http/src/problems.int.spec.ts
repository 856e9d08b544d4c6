import { actor } from '@lacollecte/testing';
import { type NotesService, startNotes } from './testing/notes-service.js';

const DONOR = actor('donor');
let notes: NotesService;
beforeAll(async () => {
  notes = await startNotes();
});
afterAll(() => notes.close());

const fail = (how: string, headers: Record<string, string> = {}) => notes.send('GET', `failures/${how}`, { headers });
const refusedIn = (language: string) => notes.send('POST', 'notes/check', { who: DONOR, headers: { 'accept-language': language }, body: { text: 'x'.repeat(201), label: 'nope' } });

describe('a problem', () => {
  it('is RFC 9457, with a stable code, where it happened and a trace id', async () => {
    const answer = await notes.send('GET', 'mine?a=1', { headers: { traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` } });
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json; charset=utf-8', vary: 'accept-language' });
    expect(answer.body).toEqual({
      type: 'urn:lacollecte:problem:unauthenticated', title: 'Il faut être connecté.', status: 401, code: 'unauthenticated', instance: '/api/dispatch/mine?a=1', traceId: 'a'.repeat(32),
    });
    expect((await notes.send('GET', 'mine', { headers: { traceparent: 'x' } })).body).toMatchObject({ traceId: expect.stringMatching(/^[0-9a-f]{32}$/) });
  });

  it('speaks French, or English where that is preferred, down to each field', async () => {
    expect(await refusedIn('fr-FR, en;q=0.5')).toMatchObject({
      headers: { 'content-language': 'fr' },
      body: {
        title: 'La demande contient des valeurs refusées.',
        errors: [{ code: 'too_big', detail: expect.stringContaining('Trop grand') }, { code: 'bad-label', detail: 'Une étiquette commence par LC-.' }],
      },
    });
    expect(await refusedIn('de, en-GB')).toMatchObject({
      headers: { 'content-language': 'en' },
      body: {
        title: 'The request has values that are refused.',
        errors: [{ code: 'too_big', detail: expect.stringContaining('Too big') }, { code: 'bad-label', detail: 'A label begins with LC-.' }],
      },
    });
  });

  it('speaks two languages at once to two people', async () => {
    const answers = await Promise.all(['fr', 'en', 'fr', 'en'].map(refusedIn));
    expect(answers.map(({ headers }) => headers['content-language'])).toEqual(['fr', 'en', 'fr', 'en']);
    expect(answers.map(({ text }) => /Trop grand/.test(text))).toEqual([true, false, true, false]);
  });

  it('of our own making says nothing of itself, and is logged under its trace id', async () => {
    for (const how of ['unknown-code', 'inherited', 'defect', 'statement', 'nothing']) {
      notes.logged.length = 0;
      const answer = await fail(how);
      expect({ how, ...answer }).toMatchObject({ how, status: 500, body: { code: 'internal', title: expect.stringContaining('de notre côté') } });
      expect(answer.text).not.toMatch(/hunter2|never-written-down|nowhere|stack/);
      expect(notes.logged).toHaveLength(1);
      expect(notes.logged[0]!.traceId).toBe((answer.body as { traceId: string }).traceId);
    }
    notes.logged.length = 0;
    await fail('statement');
    expect(String((notes.logged[0]!.err as Error).message)).toContain('nowhere');
  });

  it('that passes by itself says when to come back', async () => {
    for (const how of ['deadlock', 'disconnected']) expect({ how, ...(await fail(how)) }).toMatchObject({ how, status: 503, headers: { 'retry-after': '2' }, body: { code: 'try-again' } });
    expect(await fail('not-here-yet')).toMatchObject({ status: 409, headers: { 'retry-after': '2' } });
    // The pool has replaced the connection that was lost.
    expect(await notes.send('GET', 'notes', { who: DONOR })).toMatchObject({ status: 200 });
  });
});
