import { directory, DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { hashPassword } from '../credentials/password.js';
import { hashSecret } from '../credentials/secret.js';
import { accept, personFacts } from '../domain/person.js';
import { takeInvitation } from '../persistence/invitation.repository.js';
import { lockPerson, saveWithPassword } from '../persistence/person.repository.js';
import { enterScope } from '../persistence/scope.js';
import { personView, type PersonView } from '../queries/views.js';

/**
 * Public: the link's holder chooses a password and can sign in. A link works once. `hash` is how a password becomes what is
 * stored; demonstration data gives one hash to all its accounts.
 */
export async function acceptInvitation(tx: Tx, input: { token: string; password: string }, hash = hashPassword): Promise<PersonView> {
  const invitation = await takeInvitation(tx, hashSecret(input.token));
  if (!invitation) throw new DomainError('invitation-invalid');
  await enterScope(tx, invitation.organisationId);
  const person = accept(await lockPerson(tx, invitation.personId));
  const saved = await saveWithPassword(tx, person, await hash(input.password));
  append(tx, directory.PersonChanged, { key: saved.id, version: saved.version }, personFacts(saved));
  return personView(saved);
}
