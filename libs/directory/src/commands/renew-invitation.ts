import { DomainError } from '@lacollecte/contracts';
import { SYSTEM, type Tx } from '@lacollecte/database';
import { settingsOf } from '@lacollecte/runtime';
import { hashSecret } from '../credentials/secret.js';
import { findOrganisation } from '../persistence/organisation.repository.js';
import { putInvitation } from '../persistence/invitation.repository.js';
import { lockPerson } from '../persistence/person.repository.js';
import { type InvitationView, personView } from '../queries/views.js';
import { settings } from '../settings.js';

/**
 * A new one-time link instead of the old one: for who lost it, for the first person of an organisation once it is approved,
 * and, asked for by an admin, for who forgot the password. The person does not change until the link is used.
 */
export async function renewInvitation(tx: Tx, input: { personId: string; token: string }): Promise<InvitationView> {
  const person = await lockPerson(tx, input.personId);
  const forAdminOnly = person.state === 'active' || person.organisationId === null;
  if (person.state === 'disabled') throw new DomainError('person-transition-refused', { state: person.state });
  if (forAdminOnly && tx.actor !== SYSTEM && !tx.actor.roles.includes('admin')) throw new DomainError('own-role-only');
  if (person.organisationId !== null) {
    const organisation = await findOrganisation(tx, person.organisationId);
    if (organisation.state !== 'approved') throw new DomainError('organisation-not-approved');
  }
  const { invitationDays } = await settingsOf(tx, settings);
  const expiresAt = await putInvitation(tx, person, hashSecret(input.token), invitationDays);
  return { ...personView(person), expiresAt: expiresAt.toISOString() };
}
