import { placeOf } from './places.js';

const item = (state: string, quarantine: string | null = null) => ({ state, quarantine });

describe('the place of a device', () => {
  it.each([
    ['received', undefined, 'workshop'], ['in-workshop', undefined, 'workshop'], ['blocked', undefined, 'workshop'], ['rejected', undefined, 'workshop'],
    ['received', item('quarantined', 'returned'), 'workshop'],
    ['ready', item('in-stock'), 'stock'], ['ready', item('reserved'), 'reserved'], ['ready', item('picked'), 'reserved'], ['ready', item('quarantined', 'missing'), 'held'],
    ['ready', item('issued'), 'shipped'], ['ready', item('written-off'), 'lost'], ['delivered', item('issued'), 'delivered'], ['recalled', item('quarantined', 'recalled'), 'held'],
    ['recycled', undefined, 'recycled'], ['returned-to-donor', undefined, 'returned-to-donor'], ['lost', item('written-off'), 'lost'],
  ])('%s and %o is %s', (state, of, place) => expect(placeOf(state, of)).toBe(place));

  it.each([
    ['ready', undefined], ['ready', item('quarantined', 'recalled')], ['delivered', item('in-stock')], ['delivered', undefined], ['recycled', item('in-stock')],
    ['in-workshop', item('reserved')], ['recalled', item('reserved')], ['lost', item('reserved')],
  ])('%s and %o do not fit together', (state, of) => expect(placeOf(state, of)).toBeUndefined());
});
