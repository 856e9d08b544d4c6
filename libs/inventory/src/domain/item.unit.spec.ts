import { inventory } from '@lacollecte/contracts';
import * as items from './item.js';
import { ITEM_STEPS, type Item, type ItemState, itemTransitions } from './item.js';

const NOW = new Date('2026-11-02T10:00:00Z');
const READY: items.Ready = {
  id: 'item', siteId: 'lyon', category: 'laptop', grade: 'B', earmark: null, label: 'LC-7K3M-9QAT', evidenceAt: NOW, readyVersion: 7,
};
const stocked = items.firstStocked(READY, NOW, false).after;
function inState(state: ItemState): Item {
  const reservationId = state === 'reserved' || state === 'picked' || state === 'issued' ? 'reservation' : null;
  return { ...stocked, state, reservationId, quarantine: state === 'quarantined' ? 'damaged' : null };
}

const STEPS: Record<items.ItemStep, (item: Item) => items.ItemChange> = {
  stock: (item) => items.stockedAgain(item, READY, NOW),
  reserve: (item) => items.reserve(item, 'reservation'),
  release: (item) => items.release(item),
  pick: items.pick,
  unpick: items.unpick,
  // What leaves is under the reservation that it leaves with, also where it had been withdrawn from it meanwhile.
  issue: (item) => items.issue({ ...item, reservationId: 'reservation' }),
  restock: items.restock,
  'send-back': (item) => items.sendBack(item, 'returned'),
  recall: items.recall,
  miss: items.miss,
  lose: items.lose,
  'set-aside': (item) => items.setAside(item, 'damaged', null),
  clear: (item) => items.clear(item, false),
  'write-off': (item) => items.writeOff(item, 'beyond repair'),
  'put-away': (item) => items.putAway(item, 'A-01'),
};

describe('an item', () => {
  const cases = Object.entries(STEPS).flatMap(([name, take]) => {
    const step = name as items.ItemStep;
    return inventory.ITEM_STATES.map((state) => ({ step, take, state, next: (ITEM_STEPS[step] as Partial<Record<ItemState, ItemState>>)[state] }));
  });

  test.each(cases.filter(({ next }) => next))('$step: from $state to $next', ({ take, state, next }) => {
    const item = inState(state);
    const { after } = take(item);
    expect(after).toMatchObject({ state: next, version: item.version + 1 });
    // What its columns must say in each state (the table's own checks).
    expect(after.reservationId !== null).toBe(['reserved', 'picked', 'issued'].includes(after.state));
    expect(after.quarantine !== null).toBe(after.state === 'quarantined');
  });

  test.each(cases.filter(({ next }) => !next))('$step does not fit $state', ({ step, take, state }) => {
    const item = inState(state);
    expect(() => take(item)).toThrow(expect.objectContaining({ code: 'item-step-refused', params: { label: item.label, step, state } }));
  });

  test('begins in stock, at the reception; under a recall it is sent back at once', () => {
    expect(items.firstStocked(READY, NOW, false)).toMatchObject({ before: null, event: inventory.ItemStocked, after: { version: 1, state: 'in-stock', bin: 'RECEPTION' } });
    expect(items.firstStocked(READY, NOW, true)).toMatchObject({ event: inventory.ItemSentBack, after: { state: 'quarantined', quarantine: 'recalled' } });
  });

  test('is stock again with what its device says now, and waits at the reception', () => {
    const before = { ...inState('quarantined'), bin: 'A-01', note: 'screen' };
    const { after } = items.stockedAgain(before, { ...READY, grade: 'A', siteId: 'paris', readyVersion: 9 }, NOW);
    expect(after).toMatchObject({ state: 'in-stock', grade: 'A', siteId: 'paris', bin: 'RECEPTION', note: null, readyVersion: 9 });
  });

  test.each(['recalled', 'returned'] as const)('in the workshop (%s) is neither put back nor written off by a person', (quarantine) => {
    const item = { ...inState('quarantined'), quarantine };
    expect(() => items.clear(item, false)).toThrow(expect.objectContaining({ code: 'item-in-workshop' }));
    expect(() => items.writeOff(item, 'gone')).toThrow(expect.objectContaining({ code: 'item-in-workshop' }));
  });

  test('set aside and then recalled is not put back by a person', () => {
    expect(() => items.clear(inState('quarantined'), true)).toThrow(expect.objectContaining({ code: 'item-in-workshop' }));
  });

  test('transitions are those of its steps', () => {
    expect(itemTransitions()).toEqual({
      '': ['in-stock', 'quarantined'],
      'in-stock': ['reserved', 'issued', 'quarantined', 'written-off'],
      reserved: ['in-stock', 'picked', 'issued', 'quarantined', 'written-off'],
      picked: ['in-stock', 'reserved', 'issued', 'quarantined', 'written-off'],
      issued: ['in-stock', 'quarantined', 'written-off'],
      quarantined: ['in-stock', 'issued', 'written-off'],
      'written-off': ['in-stock'],
    });
  });
});
