import { DomainError } from '@lacollecte/contracts';
import { approve, checkProfile, decline, type Organisation, ORGANISATION_STATES, organisationFacts, renew, suspend } from './organisation.js';

const TERMS = { quotaPerQuarter: 40, approvedUntil: new Date('2027-11-22') };
const structure: Organisation = {
  id: '0d000000-0000-4000-8000-000000000111', version: 1, state: 'pending', activity: 'structure', kind: 'association', name: 'Les Passerelles', siren: null,
  street: '1 rue de la Paix', postalCode: '69003', city: 'Lyon', publics: { families: 100 }, peopleServed: 100, quotaPerQuarter: null, approvedUntil: null,
  reason: null, externalReference: null,
};
const donor: Organisation = { ...structure, activity: 'donor', kind: 'company', siren: '732829320', publics: {}, peopleServed: null };
const code = (work: () => unknown) => {
  try {
    work();
  } catch (error) {
    return (error as DomainError).code;
  }
  return 'accepted';
};

describe('an organisation', () => {
  it('is approved with a quota and an end if it is a structure, without if it is a donor', () => {
    expect(approve(structure, TERMS)).toMatchObject({ state: 'approved', ...TERMS });
    expect(approve(donor, TERMS)).toMatchObject({ state: 'approved', quotaPerQuarter: null, approvedUntil: null });
  });

  it('keeps the reason of a suspension until it is lifted', () => {
    const suspended = suspend(approve(structure, TERMS), 'no answer for a year');
    expect(suspended).toMatchObject({ state: 'suspended', reason: 'no answer for a year' });
    expect(approve(suspended, TERMS)).toMatchObject({ state: 'approved', reason: null });
  });

  it('moves as its table of states says, and no other way', () => {
    const decisions = { approve: (o: Organisation) => approve(o, TERMS), decline: (o: Organisation) => decline(o, 'why'), suspend: (o: Organisation) => suspend(o, 'why'), renew: (o: Organisation) => renew(o, TERMS) };
    for (const state of ['pending', 'approved', 'declined', 'suspended'] as const) {
      const tried = Object.values(decisions).map((decide) => {
        const answer = code(() => decide({ ...structure, state }));
        return answer === 'accepted' ? decide({ ...structure, state }).state : answer;
      });
      const reached = tried.filter((answer) => answer !== 'organisation-transition-refused');
      expect(reached.filter((next) => next !== state).sort()).toEqual([...ORGANISATION_STATES[state]].sort());
    }
    expect(code(() => renew({ ...donor, state: 'approved' }, TERMS))).toBe('donor-needs-no-renewal');
  });

  it('has a SIREN unless it is an association, and publics if it is a structure', () => {
    expect(code(() => checkProfile('structure', structure))).toBe('accepted');
    expect(code(() => checkProfile('donor', { ...donor, siren: null }))).toBe('siren-required');
    expect(code(() => checkProfile('donor', { ...donor, kind: 'public-body', siren: null }))).toBe('siren-required');
    expect(code(() => checkProfile('structure', { ...structure, peopleServed: null }))).toBe('people-served-required');
    expect(code(() => checkProfile('donor', { ...donor, peopleServed: 3 }))).toBe('donor-has-no-publics');
  });

  it('tells others nothing that names it', () => {
    const told = JSON.stringify(organisationFacts({ ...structure, siren: '732829320' }));
    for (const secret of [structure.name, structure.street, '732829320']) expect(told).not.toContain(secret);
  });
});
