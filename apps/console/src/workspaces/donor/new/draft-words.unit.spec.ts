import { missingOf, sentOf, sirenFault, stepOf, wordsOf } from './draft-words.js';

const FULL = wordsOf({
  title: 'Portables', pickupWish: { siren: '732 829 320', street: '5 place Bellecour', postalCode: '69002', city: 'Lyon', contact: 'Camille', phone: '04 00 00 00 00' },
});
const HERE = { devices: 12, listPending: false, own: '732829320', sirenNeeded: true };

test('a gift with everything said lacks nothing, and goes as the service takes it', () => {
  expect(missingOf(FULL, HERE)).toEqual([]);
  expect(sentOf({ ...FULL, title: ' Portables ', floor: ' ' })).toEqual({
    title: 'Portables', pickupWish: { siren: '732 829 320', street: '5 place Bellecour', postalCode: '69002', city: 'Lyon', contact: 'Camille', phone: '04 00 00 00 00' },
  });
  expect(sentOf({ ...FULL, title: '' })).not.toHaveProperty('title');
});

test('what is missing is named, in the order of the steps', () => {
  const missing = missingOf(wordsOf({ title: '', pickupWish: {} }), { ...HERE, devices: 0 });
  expect(missing).toEqual(['title', 'siren', 'devices', 'street', 'postalCode', 'city', 'contact', 'phone']);
  expect([...new Set(missing.map(stepOf))]).toEqual(['company', 'equipment', 'pickup']);
});

test('a list that waits is what is missing, whatever else is in the gift', () => {
  expect(missingOf(FULL, { ...HERE, devices: 0, listPending: true })).toEqual(['list']);
  expect(missingOf(FULL, { ...HERE, listPending: true })).toEqual(['list']);
});

it.each([['', 'missing'], ['732829321', 'wrong'], ['552 100 554', 'unlike'], ['732 829 320', null]])('the SIREN %j: %s', (text, fault) => {
  expect(sirenFault(text, '732829320')).toBe(fault);
});

test('who needs no SIREN may leave it out, and may not give a wrong one', () => {
  const who = { ...HERE, own: null, sirenNeeded: false };
  expect(missingOf({ ...FULL, siren: '' }, who)).toEqual([]);
  expect(missingOf({ ...FULL, siren: '123456789' }, who)).toEqual(['siren']);
});
