import { type directory, DomainError, type EventData, type Role } from '@lacollecte/contracts';
import type { Activity } from './organisation.js';

/** Someone who may sign in. Name and e-mail are null once erased; they live in this service only. */
export interface Person {
  readonly id: string;
  readonly version: number;
  readonly state: 'invited' | 'active' | 'disabled';
  readonly email: string | null;
  readonly name: string | null;
  readonly roles: readonly Role[];
  readonly organisationId: string | null;
  readonly siteIds: readonly string[];
}

/** Legal next states; `''` has the first. */
export const PERSON_STATES = { '': ['invited'], invited: ['active', 'disabled'], active: ['disabled'], disabled: ['invited'] } as const;

/** Roles of people of an organisation, by what the organisation does. A relay is a structure that issues top-ups. */
const OF_ACTIVITY: Readonly<Record<Activity, readonly Role[]>> = { donor: ['donor'], structure: ['structure', 'relay'] };
export const ORGANISATION_ROLES: readonly Role[] = ['donor', 'structure', 'relay'];
/** What a person of staff may be; `service` is for programs. */
export const STAFF_ROLES: readonly Role[] = ['coordinator', 'operator', 'ops', 'admin'];

export interface Place {
  readonly roles: readonly Role[];
  readonly organisationId: string | null;
  readonly siteIds: readonly string[];
}

/**
 * Staff see the rows of every organisation, people of an organisation only its own: nobody is both. Operators act at named
 * sites, nobody else has any. `activity` is that of the person's organisation.
 */
export function checkPlace(place: Place, activity: Activity | null): void {
  const allowed = activity === null ? STAFF_ROLES : OF_ACTIVITY[activity];
  const misplaced = place.roles.find((role) => !allowed.includes(role));
  if (misplaced !== undefined) throw new DomainError('role-out-of-place', { role: misplaced }, [{ pointer: '/roles', code: 'role-out-of-place' }]);
  if (place.roles.includes('operator') !== place.siteIds.length > 0) {
    throw new DomainError('operator-needs-sites', {}, [{ pointer: '/siteIds', code: 'operator-needs-sites' }]);
  }
}

/** The link was used: the person has a password. */
export function accept(person: Person): Person {
  if (person.state === 'disabled') throw new DomainError('invitation-invalid');
  return { ...person, state: 'active' };
}

export function disable(person: Person): Person {
  if (person.state === 'disabled') throw new DomainError('person-transition-refused', { state: person.state });
  return { ...person, state: 'disabled' };
}

/** Back to `invited`: a new link lets the person choose a new password. */
export function enable(person: Person): Person {
  if (person.state !== 'disabled' || person.email === null) throw new DomainError('person-transition-refused', { state: person.state });
  return { ...person, state: 'invited' };
}

/** Blanks what names the person; the row stays, for history points at it. */
export function erase(person: Person): Person {
  return { ...person, state: 'disabled', email: null, name: null };
}

export function personFacts(p: Person): EventData<typeof directory.PersonChanged> {
  return { personId: p.id, state: p.state, roles: [...p.roles], organisationId: p.organisationId, siteIds: [...p.siteIds] };
}
