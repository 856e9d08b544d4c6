import { inventory } from '@lacollecte/contracts';
import * as reservations from './reservation.js';
import type { Reservation } from './reservation.js';

const NOW = new Date('2026-11-02T10:00:00Z');
const requested: Reservation = {
  id: 'reservation', version: 0, state: 'requested', siteId: 'lyon', cell: { siteId: 'lyon', category: 'laptop', grade: 'B', earmark: null },
  asked: 3, itemIds: [], issued: 0, expiresAt: null,
};
const held = reservations.answerProposal(requested, ['a', 'b'], NOW, 7).after;
const committed = reservations.commit(held, ['A-01', null]).after;

describe('a reservation', () => {
  test('holds what there is, for seven days', () => {
    const answer = reservations.answerProposal(requested, ['a', 'b'], NOW, 7);
    expect(answer).toMatchObject({ event: inventory.ReservationHeld, after: { state: 'held', version: 1, itemIds: ['a', 'b'] } });
    expect(answer.after.expiresAt).toEqual(new Date('2026-11-09T10:00:00Z'));
  });

  test('of nothing is refused', () => {
    expect(reservations.answerProposal(requested, [], NOW, 7)).toMatchObject({ event: inventory.ReservationRefused, after: { state: 'refused' } });
  });

  test('once committed no longer expires and is not released by request', () => {
    expect(reservations.commit(held, ['A-01', null])).toMatchObject({ event: inventory.ReservationCommitted, also: { bins: ['A-01', null] }, after: { expiresAt: null } });
    expect(() => reservations.expire(committed)).toThrow(expect.objectContaining({ code: 'reservation-step-refused' }));
  });

  test('asked to commit twice answers committed twice', () => {
    expect(reservations.commit(committed, ['A-01', null])).toMatchObject({ event: inventory.ReservationCommitted, after: { state: 'committed', version: 3 } });
  });

  test.each(['refused', 'released', 'expired', 'consumed'] as const)('that is %s refuses to be committed and stays so', (state) => {
    expect(reservations.commit({ ...requested, version: 4, state }, [])).toMatchObject({ event: inventory.ReservationCommitRefused, after: { state, version: 5 } });
  });

  test('of which the last item was withdrawn while it was held is not committed', () => {
    const empty = reservations.withdraw(reservations.withdraw(held, 'a').after, 'b').after;
    expect(reservations.commit(empty, [])).toMatchObject({ event: inventory.ReservationCommitRefused, after: { state: 'released', expiresAt: null } });
  });

  test('is consumed when its last item is handed over', () => {
    const first = reservations.handOver(committed, ['a']);
    expect(first).toMatchObject({ event: inventory.ReservationReduced, left: 'issued', after: { state: 'committed', itemIds: ['b'], issued: 1 } });
    expect(reservations.handOver(first.after, ['b'])).toMatchObject({ event: inventory.ReservationConsumed, after: { state: 'consumed', itemIds: [], issued: 2 } });
  });

  test('given back whole is released, given back after a part was handed over is consumed', () => {
    expect(reservations.giveBack(committed, ['a', 'b'])).toMatchObject({ after: { state: 'released', itemIds: [] } });
    expect(reservations.giveBack(reservations.handOver(committed, ['a']).after, ['b'])).toMatchObject({ event: inventory.ReservationConsumed, after: { state: 'consumed' } });
  });

  test('keeps its state when its last item is withdrawn: another may be asked for', () => {
    const one = reservations.withdraw(committed, 'a');
    expect(one).toMatchObject({ also: { itemId: 'a' }, left: 'withdrawn', after: { itemIds: ['b'] } });
    expect(reservations.withdraw(one.after, 'b').after).toMatchObject({ state: 'committed', itemIds: [] });
  });

  test('names the replacement, its grade and where it lies; or none', () => {
    expect(reservations.substitute(committed, 'a', { id: 'c', grade: 'A', bin: 'B-02' })).toMatchObject({
      also: { missingItemId: 'a', replacementItemId: 'c', replacementGrade: 'A', replacementBin: 'B-02' }, after: { itemIds: ['b', 'c'] },
    });
    expect(reservations.substitute(committed, 'a', null)).toMatchObject({ also: { replacementItemId: null }, left: 'missing', after: { itemIds: ['b'] } });
  });

  test('that nobody proposed is void from the first question on', () => {
    expect(reservations.refuseUnknown(requested).after).toMatchObject({ state: 'released', version: 1 });
    expect(reservations.refuseSubstitution(requested, 'a').after.state).toBe('released');
    const late = reservations.refuseLate({ ...requested, version: 1, state: 'released' });
    expect(late).toMatchObject({ event: inventory.ReservationRefused, after: { state: 'released', version: 2 } });
  });
});
