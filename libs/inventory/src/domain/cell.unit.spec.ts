import { sameOrBetter } from './cell.js';

test('a replacement comes from the same grade, else from the nearest better one, never from a worse', () => {
  const cell = { siteId: 'lyon', category: 'laptop', grade: 'B', earmark: '84' } as const;
  expect(sameOrBetter(cell)).toEqual([cell, { ...cell, grade: 'A' }, { ...cell, grade: 'PREMIUM' }]);
});
