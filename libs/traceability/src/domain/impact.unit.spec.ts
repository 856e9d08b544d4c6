import { impactOf } from './impact.js';

it('counts what a factor is known for, and says how many it leaves out', () => {
  expect(impactOf([{ category: 'laptop', devices: 10 }, { category: 'smartphone', devices: 2 }, { category: 'monitor', devices: 7 }], 3)).toEqual({ kg: 957.6, counted: 12, uncounted: 7 });
  expect(impactOf([], 3)).toEqual({ kg: 0, counted: 0, uncounted: 0 });
});
