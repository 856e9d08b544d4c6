import { directory, DomainError, type Role } from '@lacollecte/contracts';
import { isStaff, SYSTEM, type Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { settingsOf } from '@lacollecte/runtime';
import { v7 } from 'uuid';
import { hashSecret } from '../credentials/secret.js';
import { checkPlace, type Person, personFacts, type Place } from '../domain/person.js';
import { putInvitation } from '../persistence/invitation.repository.js';
import { findOrganisation } from '../persistence/organisation.repository.js';
import { insertPerson } from '../persistence/person.repository.js';
import { checkSites } from '../persistence/site.repository.js';
import { type InvitationView, personView } from '../queries/views.js';
import { settings } from '../settings.js';

export interface Invitation extends Place {
  readonly email: string;
  readonly name: string;
  /** The secret of the link, made by the caller: it is shown once, and stored hashed. */
  readonly token: string;
}

/** Roles, organisation and sites fit each other and exist. */
export async function checkPlaceExists(tx: Tx, place: Place): Promise<void> {
  const organisation = place.organisationId === null ? null : await findOrganisation(tx, place.organisationId);
  checkPlace(place, organisation?.activity ?? null);
  await checkSites(tx, place.siteIds);
}

/** People of an organisation bring in colleagues: same organisation, no role they do not have themselves. */
function checkInviter(actor: Tx['actor'], place: { roles: readonly Role[]; organisationId: string | null }): void {
  if (actor === SYSTEM || isStaff(actor)) return;
  const own = place.organisationId !== null && place.organisationId === actor.organisationId && place.roles.every((role) => actor.roles.includes(role));
  if (!own) throw new DomainError('own-role-only');
}

/** `id` is given for demonstration data only. */
export async function invitePerson(tx: Tx, input: Invitation, id: string = v7()): Promise<InvitationView> {
  checkInviter(tx.actor, input);
  await checkPlaceExists(tx, input);
  const { email, name, roles, organisationId, siteIds } = input;
  const person: Person = { id, version: 1, state: 'invited', email, name, roles, organisationId, siteIds };
  if (!(await insertPerson(tx, person))) throw new DomainError('email-taken', {}, [{ pointer: '/email', code: 'email-taken' }]);
  const { invitationDays } = await settingsOf(tx, settings);
  const expiresAt = await putInvitation(tx, person, hashSecret(input.token), invitationDays);
  append(tx, directory.PersonInvited, { key: person.id, version: 1 }, personFacts(person));
  return { ...personView(person), expiresAt: expiresAt.toISOString() };
}
