import { type Place, placeOf, type Whereabouts } from './place.js';

type State = Exclude<Whereabouts['item'], undefined>['state'];
const item = (state: State, quarantine: string | null = null) => ({ state, quarantine });

const AGREED: [Place, Whereabouts][] = [
  ['workshop', { device: 'received' }],
  ['workshop', { device: 'blocked', item: item('quarantined', 'returned'), dispatch: 'back' }],
  ['workshop', { device: 'received', item: item('written-off'), dispatch: 'lost' }],
  ['stock', { device: 'ready', item: item('in-stock') }],
  ['stock', { device: 'ready', item: item('in-stock'), dispatch: 'back' }],
  ['reserved', { device: 'ready', item: item('reserved') }],
  ['reserved', { device: 'ready', item: item('picked') }],
  ['held', { device: 'ready', item: item('quarantined', 'damaged') }],
  ['held', { device: 'recalled', item: item('quarantined', 'recalled') }],
  ['shipped', { device: 'ready', item: item('issued'), dispatch: 'away' }],
  ['shipped', { device: 'recalled', item: item('issued'), dispatch: 'away' }],
  ['delivered', { device: 'delivered', item: item('issued'), dispatch: 'delivered' }],
  ['delivered', { device: 'recalled', item: item('issued'), dispatch: 'delivered' }],
  ['recycled', { device: 'recycled' }],
  ['returned-to-donor', { device: 'returned-to-donor' }],
  ['lost', { device: 'lost' }],
  ['lost', { device: 'lost', item: item('written-off'), dispatch: 'lost' }],
  ['lost', { device: 'ready', item: item('written-off') }],
];
it.each(AGREED)('%s: %j', (place, where) => expect(placeOf(where)).toBe(place));

const CONTRADICTIONS: [Whereabouts][] = [
  [{}],
  [{ device: 'ready' }],
  [{ device: 'received', item: item('in-stock') }],
  [{ device: 'received', item: item('quarantined', 'returned'), dispatch: 'delivered' }],
  [{ device: 'ready', item: item('quarantined', 'recalled') }],
  [{ device: 'ready', item: item('issued') }],
  [{ device: 'ready', item: item('issued'), dispatch: 'delivered' }],
  [{ device: 'ready', item: item('in-stock'), dispatch: 'away' }],
  [{ device: 'delivered', item: item('issued'), dispatch: 'away' }],
  [{ device: 'delivered', item: item('in-stock'), dispatch: 'delivered' }],
  [{ device: 'recalled', item: item('reserved') }],
  [{ device: 'recycled', item: item('in-stock') }],
  [{ device: 'lost', item: item('picked') }],
];
it.each(CONTRADICTIONS)('no place: %j', (where) => expect(placeOf(where)).toBeUndefined());
