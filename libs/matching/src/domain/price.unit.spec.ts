import { FIRST_PRICE_TABLE, priceOf } from './price.js';

describe('the price shown', () => {
  it.each([
    ['laptop', 'PREMIUM', 15000], ['laptop', 'B', 8000], ['smartphone', 'A', 10000], ['smartphone', 'C', 5000], ['monitor', 'C', 3000], ['printer', 'A', 3000],
  ] as const)('of a %s %s is the table’s where that is below the cap, else the cap: %i', (category, grade, cents) => {
    expect(priceOf(FIRST_PRICE_TABLE, category, grade)).toBe(cents);
  });
});
