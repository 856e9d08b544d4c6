import { isPassing, Problem, problemOf, Unreachable } from './problem.js';

const answer = (status: number, body: string, headers: Record<string, string> = {}) => new Response(body, { status, headers });

test('a refusal keeps its code, its words and what of the input it refuses', async () => {
  const errors = [{ pointer: '/body/lines/3/serial', code: 'serial-twice', detail: 'Ce numéro figure deux fois.' }];
  const problem = await problemOf(answer(422, JSON.stringify({ type: 'urn:x', title: 'Refusé.', status: 422, code: 'serial-twice', traceId: 't', errors })));
  expect(problem).toMatchObject({ status: 422, code: 'serial-twice', title: 'Refusé.', traceId: 't', errors, retryAfterSeconds: null });
  expect(isPassing(problem)).toBe(false);
});

test.each(['<html>Bad gateway</html>', 'null', '{"title":3}', ''])('an answer that is not ours is a problem without words: %s', async (body) => {
  expect(await problemOf(answer(502, body))).toMatchObject({ status: 502, code: 'http-502', title: '' });
});

test('what passes is asked again, when the server says', async () => {
  const busy = await problemOf(answer(503, '{"title":"Occupé.","code":"try-again"}', { 'retry-after': '2' }));
  expect([busy.retryAfterSeconds, isPassing(busy), isPassing(new Unreachable(null)), isPassing(new Problem({ title: '', code: 'internal', status: 500 })), isPassing(new Error('x'))]).toEqual([2, true, true, false, false]);
});
