import { type Lot, standingOf } from './lot.js';

const lot = (more: Partial<Lot>): Lot => ({ state: 'received', received: 4, unexpected: 1, outcomes: {}, ...more }) as Lot;
const sum = (standing: object): number => Object.values(standing).reduce((all: number, n: number) => all + n, 0);

it('counts as received what the history has not heard of yet', () => {
  const told = { received: 0, erased: 1, ready: 0, delivered: 1, recycled: 0, other: 0 };
  expect(standingOf(lot({}), told)).toEqual({ ...told, received: 3 });
});

it('says what intake knows where the history says nothing', () => {
  const standing = standingOf(lot({ outcomes: { delivered: 2, lost: 1, 'returned-to-donor': 1 } }), undefined);
  expect(standing).toEqual({ received: 1, erased: 0, ready: 0, delivered: 2, recycled: 0, other: 2 });
  expect(sum(standing)).toBe(5);
});
