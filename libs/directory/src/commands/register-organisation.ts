import { directory } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { v7 } from 'uuid';
import { type Activity, checkProfile, type Organisation, organisationFacts, type Profile } from '../domain/organisation.js';
import { type Person, personFacts } from '../domain/person.js';
import { audit } from '../persistence/audit.js';
import { insertOrganisation } from '../persistence/organisation.repository.js';
import { insertPerson } from '../persistence/person.repository.js';
import { enterScope } from '../persistence/scope.js';

export interface Registration {
  readonly activity: Activity;
  readonly organisation: Profile;
  /** Who registers it. Gets a link once the organisation is approved. */
  readonly person: { readonly email: string; readonly name: string };
}

/**
 * A company or structure registers itself and waits for approval. Public: where the SIREN or the e-mail is known already,
 * nothing happens and the answer is the same, so that nobody learns who is here. Returns whether it is new, for callers
 * that are not the public.
 */
export async function registerOrganisation(tx: Tx, input: Registration, ids = { organisation: v7(), person: v7() }): Promise<boolean> {
  checkProfile(input.activity, input.organisation);
  await enterScope(tx, ids.organisation);
  const organisation: Organisation = {
    ...input.organisation, id: ids.organisation, version: 1, state: 'pending', activity: input.activity,
    quotaPerQuarter: null, approvedUntil: null, reason: null, externalReference: null,
  };
  const person: Person = {
    id: ids.person, version: 1, state: 'invited', ...input.person, roles: [input.activity], organisationId: organisation.id, siteIds: [],
  };
  if (!(await insertOrganisation(tx, organisation))) return repeated(tx, 'siren');
  if (!(await insertPerson(tx, person))) {
    await tx.execute('delete from organisation where id = $1', [organisation.id]);
    return repeated(tx, 'email');
  }
  append(tx, directory.OrganisationRegistered, { key: organisation.id, version: 1 }, organisationFacts(organisation));
  append(tx, directory.PersonInvited, { key: person.id, version: 1 }, personFacts(person));
  return true;
}

/** Staff can see that it happens, and how often; not whom it concerns. */
async function repeated(tx: Tx, what: 'siren' | 'email'): Promise<false> {
  await audit(tx, 'registration-repeated', what);
  return false;
}
