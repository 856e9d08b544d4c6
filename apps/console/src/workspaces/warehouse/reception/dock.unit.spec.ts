import { identify, standingOf } from './dock.js';

it.each([['352099001761481', { imei: '352099001761481' }], ['35-209900-176148-1', { imei: '352099001761481' }], ['5CG0123XYZ', { serial: '5CG0123XYZ' }], [' 12345678901234 ', { serial: '12345678901234' }]])('%s says what it is', (scanned, is) => {
  expect(identify(scanned)).toEqual(is);
});

it.each([
  [{ quantity: 3, declined: 0, received: 0, refused: 0 }, 'awaited'], [{ quantity: 3, declined: 1, received: 1, refused: 0 }, 'partly'], [{ quantity: 3, declined: 1, received: 1, refused: 1 }, 'complete'],
  [{ quantity: 3, declined: 3, received: 0, refused: 0 }, 'declined'],
])('%j stands', (line, standing) => {
  expect(standingOf(line)).toBe(standing);
});
