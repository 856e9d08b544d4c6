import { FAULTS } from './index.js';
import { type Measured, measured, table, written } from './report.js';

const trial = (run: number, fault = FAULTS[0]!.name, more: Partial<Measured> = {}): Measured => ({
  fault, run, seed: run, at: '2026-03-02T10:00:00.000Z', proof: 'it died', violations: [], counts: { answered: 9, askedAgain: 2, refused: 0, unknown: 1 }, recoverMs: 1_000, lastedMs: 5_000, ...more,
});
const whole = (run: number): Measured[] => FAULTS.map(({ name }) => trial(run, name));
const DOCUMENT = 'Before\n<!-- faults: written by npm run test:faults -- --write -->\nold\n<!-- faults end -->\nafter';

it.each([
  [[5], '1 seed (5)'],
  [[1001, 1], '2 seeds (1, 1001)'],
  [[1, 1001, 2001, 3001, 4001], '5 seeds (1, 1001 … 4001)'],
  [[1, 1001, 2001, 3001, 7], '5 seeds (1, 7, 1001, 2001, 3001)'],
])('says which seeds it was measured with: %j', (runs, said) => {
  expect(measured(runs.flatMap(whole))).toBe(`Measured on 2026-03-02: ${said}.`);
});

it('says where not every fault was tried with every seed, and on which days', () => {
  expect(measured([...whole(1), trial(1001, FAULTS[1]!.name, { at: '2026-03-04T00:00:00.000Z' })])).toBe('Measured on 2026-03-02 to 2026-03-04: 2 seeds (1, 1001), not every fault with each.');
});

it('counts what came of a fault over all its trials, in the order in which faults are tried', () => {
  const second = FAULTS[1]!.name;
  const document = written(DOCUMENT, [trial(1, second), trial(1001, second, { proof: null, violations: ['a', 'b'], recoverMs: null }), trial(2001, second, { recoverMs: 3_000 }), trial(1)]);
  expect(document.split('\n').slice(6)).toEqual([
    `| ${FAULTS[0]!.name} | 1 | 1 | 3 | 0 | 1.0 s | 1.0 s |`, `| ${second} | 3 | 2 | 9 | 2 | 1.0 s | 3.0 s |`, '<!-- faults end -->', 'after',
  ]);
  expect(table([trial(1)])[1]).toMatch(/^kill at http-before-begin {2}/);
});

it('refuses a document that has no place for them', () => {
  expect(() => written('nothing', [trial(1)])).toThrow('the document has no');
});
