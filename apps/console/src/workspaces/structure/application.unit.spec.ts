import { applicationOf, EMPTY, missingIn } from './application.js';

describe('an application', () => {
  const whole = { ...EMPTY, name: ' Le Pas ', street: '1 rue X', postalCode: '69003', city: 'Lyon', peopleServed: 40, person: 'Lou', email: 'lou@example.org' };

  it('says what is missing or cannot be right yet, in the order of the form', () => {
    expect(missingIn(EMPTY)).toEqual(['name', 'street', 'postalCode', 'city', 'peopleServed', 'person', 'email']);
    expect(missingIn({ ...whole, postalCode: '690', email: 'lou' })).toEqual(['postalCode', 'email']);
    expect(missingIn({ ...whole, kind: 'public-body' })).toEqual(['siren']);
    expect(missingIn(whole)).toEqual([]);
  });

  it('is sent trimmed, without a SIREN where there is none', () => {
    expect(applicationOf(whole)).toMatchObject({ activity: 'structure', organisation: { name: 'Le Pas', siren: null, peopleServed: 40 }, person: { email: 'lou@example.org' } });
  });
});
