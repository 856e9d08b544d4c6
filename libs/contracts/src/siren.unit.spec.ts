import fc from 'fast-check';
import { isSiren } from './siren.js';

describe('SIREN', () => {
  it.each(['732829320', '552100554', '356000000', '784671695'])('%s of a real company is right', (siren) => expect(isSiren(siren)).toBe(true));
  it.each(['732829321', '000000000', '73282932', '7328293200', '73282932A', ''])('%s is wrong', (siren) => expect(isSiren(siren)).toBe(false));

  it('notices any one digit that is wrong', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 8 }), fc.integer({ min: 1, max: 9 }), (position, by) => {
      const digits = [...'732829320'].map(Number);
      digits[position] = (digits[position]! + by) % 10;
      return !isSiren(digits.join(''));
    }));
  });
});
