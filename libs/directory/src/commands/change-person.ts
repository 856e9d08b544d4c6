import { directory, DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { disable, enable, erase, type Person, personFacts, type Place } from '../domain/person.js';
import { audit } from '../persistence/audit.js';
import { dropInvitation } from '../persistence/invitation.repository.js';
import { loadPerson, savePerson } from '../persistence/person.repository.js';
import { personView, type PersonView } from '../queries/views.js';
import { checkPlaceExists } from './invite-person.js';

/** The person as shown to the admin who acts. */
export interface ShownPerson {
  readonly personId: string;
  readonly version: number;
}

/** An admin who locks himself out needs the command line to come back. */
async function loadOther(tx: Tx, input: ShownPerson): Promise<Person> {
  if (input.personId === tx.actor.subject) throw new DomainError('not-yourself');
  return loadPerson(tx, input.personId, input.version);
}

async function save(tx: Tx, action: string, changed: Person): Promise<PersonView> {
  const saved = await savePerson(tx, changed);
  await audit(tx, action, saved.id);
  append(tx, directory.PersonChanged, { key: saved.id, version: saved.version }, personFacts(saved));
  return personView(saved);
}

/** Roles, sites and name; people do not move between organisations. Tokens already issued run out by themselves. */
export async function changePerson(tx: Tx, input: ShownPerson & { change: Partial<Omit<Place, 'organisationId'>> & { name?: string } }): Promise<PersonView> {
  const person = await loadPerson(tx, input.personId, input.version);
  if (person.state === 'disabled') throw new DomainError('person-transition-refused', { state: person.state });
  if (person.id === tx.actor.subject && input.change.roles) throw new DomainError('not-yourself');
  const changed = { ...person, ...input.change };
  await checkPlaceExists(tx, changed);
  return save(tx, 'person-changed', changed);
}

/** Signs in no more, from now on; what was issued before runs out within the life of an access token. */
export async function disablePerson(tx: Tx, input: ShownPerson): Promise<PersonView> {
  const person = disable(await loadOther(tx, input));
  await dropInvitation(tx, person.id);
  return save(tx, 'person-disabled', person);
}

export async function enablePerson(tx: Tx, input: ShownPerson): Promise<PersonView> {
  return save(tx, 'person-enabled', enable(await loadOther(tx, input)));
}

/** Right to erasure: name, e-mail and password are gone at once; what the person did stays, under an id that names nobody. */
export async function erasePerson(tx: Tx, input: ShownPerson): Promise<PersonView> {
  const person = erase(await loadOther(tx, input));
  await dropInvitation(tx, person.id);
  // Answers kept for repeated requests name the person too.
  await tx.execute(`delete from idempotency_key where response ->> 'personId' = $1`, [person.id]);
  const view = await save(tx, 'person-erased', person);
  await tx.execute('update person set erased_at = $2 where id = $1', [person.id, tx.now]);
  return view;
}
