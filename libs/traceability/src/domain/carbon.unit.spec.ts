import { carbonOf } from './carbon.js';

test('three years of use gained, by the factor of its category', () => {
  expect(carbonOf('laptop', 2)).toEqual({ kgPerYear: 27, kg: 162 });
  expect(carbonOf('smartphone', 1)).toEqual({ kgPerYear: 24.6, kg: 73.8 });
});

test('nothing is made up where there is no factor', () => {
  expect(carbonOf('printer', 12)).toEqual({ kgPerYear: null, kg: 0 });
});
