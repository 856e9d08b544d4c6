import { directory } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { checkProfile, organisationFacts, type Profile } from '../domain/organisation.js';
import { loadOrganisation, saveOrganisation } from '../persistence/organisation.repository.js';
import { organisationView, type OrganisationView } from '../queries/views.js';
import type { Shown } from './decide-organisation.js';

export async function changeOrganisation(tx: Tx, input: Shown & { change: Partial<Profile> }): Promise<OrganisationView> {
  const organisation = await loadOrganisation(tx, input.organisationId, input.version);
  const changed = { ...organisation, ...input.change };
  checkProfile(changed.activity, changed);
  const saved = await saveOrganisation(tx, changed);
  append(tx, directory.OrganisationChanged, { key: saved.id, version: saved.version }, organisationFacts(saved));
  return organisationView(saved);
}
