import { eventually } from './eventually.js';

test('returns the first result that is neither an error nor false', async () => {
  const results = [() => false as const, () => { throw new Error('not yet'); }, () => 7];
  expect(await eventually(() => results.shift()!(), { what: 'seven' })).toBe(7);
});

test('says what did not happen, and why', async () => {
  const check = (): never => { throw new Error('stock is 3'); };
  await expect(eventually(check, { what: 'the stock is 4', timeoutMs: 30 })).rejects.toThrow('not within 30 ms: the stock is 4: stock is 3');
});
