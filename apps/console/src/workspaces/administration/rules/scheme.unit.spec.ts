import { faultsOf, nextName, put, type Scheme } from './scheme.js';

const SCHEME: Scheme = {
  inputs: {},
  terms: [{ kind: 'steps', input: 'ramGb', table: [[0, 0], [4, 1]], when: [{ input: 'cpuMark', below: 3500 }] }, { kind: 'constant', points: 1 }],
  bands: [{ below: 4, grade: 'D' }, { below: 6, grade: 'C' }],
  top: 'B',
  caps: [{ when: [{ input: 'diskKind', in: ['hdd'] }, { input: 'cpuMark', atLeast: 10 }], atMost: 'C' }],
};

test('a number is put where it belongs, and what was there before stays as it was', () => {
  const next = put(SCHEME, ['terms', 0, 'table', 1, 0], 8);
  expect(next.terms[0]).toMatchObject({ table: [[0, 0], [8, 1]] });
  expect(SCHEME.terms[0]).toMatchObject({ table: [[0, 0], [4, 1]] });
  expect(put(SCHEME, ['bands', 0, 'below'], 5).bands).toEqual([{ below: 5, grade: 'D' }, { below: 6, grade: 'C' }]);
});

test('what does not rise, and what is empty, is named by its place', () => {
  expect(faultsOf(SCHEME)).toEqual([]);
  expect(faultsOf(put(SCHEME, ['terms', 0, 'table', 1, 0], 0))).toEqual([{ place: 'terms/0/table/1/0', fault: 'rising' }]);
  expect(faultsOf(put(SCHEME, ['bands', 1, 'below'], 3))).toEqual([{ place: 'bands/1/below', fault: 'rising' }]);
  for (const place of [['terms', 0, 'table', 0, 1], ['terms', 0, 'when', 0, 'below'], ['terms', 1, 'points'], ['caps', 0, 'when', 1, 'atLeast']]) {
    expect(faultsOf(put(SCHEME, place, ''))).toContainEqual({ place: place.join('/'), fault: 'number' });
  }
});

test('the next version has the name of its year, and never one that is taken', () => {
  expect(nextName('pc-2026', '2027', ['pc-2026'])).toBe('pc-2027');
  expect(nextName('pc-2026', '2026', ['pc-2026', 'pc-2026b'])).toBe('pc-2026c');
  expect(nextName('pc-2026b', '2027', [])).toBe('pc-2027');
  expect(nextName('others', '2027', [])).toBe('others-2027');
});
