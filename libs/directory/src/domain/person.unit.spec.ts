import type { DomainError, Role } from '@lacollecte/contracts';
import { accept, checkPlace, disable, enable, erase, type Person, personFacts } from './person.js';
import type { Activity } from './organisation.js';

const ORGANISATION = '0d000000-0000-4000-8000-000000000111';
const SITE = '0d000000-0000-4000-8000-000000000001';
const invited: Person = {
  id: '0d000000-0000-4000-8000-000000000201', version: 1, state: 'invited', email: 'lou@example.org', name: 'Lou', roles: ['structure'],
  organisationId: ORGANISATION, siteIds: [],
};

function codeOf(work: () => unknown): string {
  try {
    work();
    return 'accepted';
  } catch (error) {
    return (error as DomainError).code;
  }
}

describe('a place', () => {
  it.each<[Role[], Activity | null, string[], string]>([
    [['admin'], null, [], 'accepted'], [['operator'], null, [SITE], 'accepted'], [['operator', 'coordinator'], null, [SITE], 'accepted'],
    [['donor'], 'donor', [], 'accepted'], [['structure', 'relay'], 'structure', [], 'accepted'],
    [['donor'], null, [], 'role-out-of-place'], [['structure'], 'donor', [], 'role-out-of-place'], [['admin'], 'donor', [], 'role-out-of-place'],
    [['donor', 'coordinator'], 'donor', [], 'role-out-of-place'], [['service'], null, [], 'role-out-of-place'],
    [['operator'], null, [], 'operator-needs-sites'], [['coordinator'], null, [SITE], 'operator-needs-sites'], [['donor'], 'donor', [SITE], 'operator-needs-sites'],
  ])('of %j in %s at sites %j: %s', (roles, activity, siteIds, answer) => {
    expect(codeOf(() => checkPlace({ roles, organisationId: activity && ORGANISATION, siteIds }, activity))).toBe(answer);
  });
});

describe('a person', () => {
  it('becomes active with a link, is disabled, and needs a new link to come back', () => {
    const disabled = disable(accept(invited));
    expect(disabled.state).toBe('disabled');
    expect(() => accept(disabled)).toThrow(expect.objectContaining({ code: 'invitation-invalid' }));
    expect(() => disable(disabled)).toThrow(expect.objectContaining({ code: 'person-transition-refused' }));
    expect(enable(disabled).state).toBe('invited');
  });

  it('who is erased has no name, no address, and no way back', () => {
    const erased = erase(accept(invited));
    expect(erased).toEqual({ ...invited, state: 'disabled', email: null, name: null });
    expect(() => enable(erased)).toThrow(expect.objectContaining({ code: 'person-transition-refused' }));
  });

  it('is told to others without name or address', () => {
    expect(Object.keys(personFacts(invited)).sort()).toEqual(['organisationId', 'personId', 'roles', 'siteIds', 'state']);
  });
});
