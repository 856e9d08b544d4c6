import { intakeService } from '../intake.service.js';
import { advance, ageOf, declinedOf, type Lot, LOT_TRANSITIONS, type LotState, requireState, sumsIn } from './lot.js';

const lot = (state: LotState): Lot => ({ id: 'l', version: 4, state, donorId: 'd', siteId: null });
const STATES: readonly LotState[] = ['draft', 'submitted', 'accepted', 'receiving', 'received', 'closed', 'declined', 'cancelled'];

describe('a lot', () => {
  it('takes these steps, each to its next version, and no others', () => {
    const legal = ['draft→submitted', 'draft→cancelled', 'submitted→accepted', 'submitted→declined', 'submitted→cancelled', 'accepted→receiving', 'accepted→cancelled', 'receiving→received',
      'received→closed', 'closed→received'];
    const steps = STATES.flatMap((from) => STATES.map((to) => ({ from, to, name: `${from}→${to}` })));
    for (const { from, to } of steps.filter(({ name }) => legal.includes(name))) expect(advance(lot(from), to)).toEqual({ ...lot(from), state: to, version: 5 });
    for (const { from, to } of steps.filter(({ name }) => !legal.includes(name))) {
      expect(() => advance(lot(from), to)).toThrow(expect.objectContaining({ code: 'lot-state', params: { state: from, wanted: to } }));
    }
  });

  it('begins as a draft, and every state is reached', () => {
    expect(LOT_TRANSITIONS['']).toEqual(['draft']);
    expect(new Set(Object.values(LOT_TRANSITIONS).flat())).toEqual(new Set(STATES));
    expect(intakeService.aggregates.find(({ table }) => table === 'lot')?.transitions).toBe(LOT_TRANSITIONS);
  });

  it('is refused in another state than asked for', () => {
    expect(() => requireState(lot('draft'), 'accepted', 'receiving')).toThrow(expect.objectContaining({ code: 'lot-state', params: { state: 'draft', wanted: 'accepted, receiving' } }));
    expect(() => requireState(lot('receiving'), 'accepted', 'receiving')).not.toThrow();
  });
});

describe('the sums of a lot', () => {
  const counted = { declared: 10, declined: 2, received: 4, refused: 1 };
  it.each(['draft', 'submitted', 'accepted', 'receiving'] as const)('%s: what has not come is awaited', (state) => {
    expect(sumsIn(state, counted)).toEqual({ ...counted, missing: 0, awaited: 3 });
  });
  it.each(['received', 'closed'] as const)('%s: it is missing', (state) => expect(sumsIn(state, counted)).toEqual({ ...counted, missing: 3, awaited: 0 }));
  it.each(['declined', 'cancelled'] as const)('%s: all of it is declined', (state) => {
    expect(sumsIn(state, { ...counted, received: 0, refused: 0 })).toEqual({ declared: 10, declined: 10, received: 0, refused: 0, missing: 0, awaited: 0 });
  });
});

describe('a decision on a line', () => {
  const line = { id: 'x', quantity: 10 };
  const decide = (accepted: number, reason: string | null = 'broken') => declinedOf(line, { lineId: 'x', accepted, reason });
  it('declines what is not accepted, with a reason', () => {
    expect(decide(7)).toEqual({ declined: 3, reason: 'broken' });
    expect(decide(0)).toEqual({ declined: 10, reason: 'broken' });
    expect(decide(10)).toEqual({ declined: 0, reason: null });
    expect(declinedOf(line, undefined)).toEqual({ declined: 0, reason: null });
  });
  it('accepts no more than was declared, and declines nothing without a reason', () => {
    expect(() => decide(11)).toThrow(expect.objectContaining({ code: 'accepted-too-many' }));
    expect(() => decide(9, null)).toThrow(expect.objectContaining({ code: 'decline-reason-missing' }));
  });
});

it.each([
  [false, 2015, false, 'over-ten-years'], [false, 2016, false, null], [false, null, false, null],
  [true, 2016, false, null], [true, 2015, true, null], [true, 2026, false, null], [true, null, null, null],
] as const)('of a public body (%p), made in %p: recycled for its age %p, noted %p', (isPublic, year, recycle, note) => {
  expect(ageOf(isPublic, year, new Date('2026-11-22T10:00:00Z'))).toEqual({ recycle, note });
});
