import { directory } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { hashPassword } from '../credentials/password.js';
import { newSecret } from '../credentials/secret.js';
import { demonstration } from '../demonstration.js';
import { approve, type Organisation, organisationFacts, type Profile } from '../domain/organisation.js';
import { insertOrganisation, saveOrganisation } from '../persistence/organisation.repository.js';
import { append } from '@lacollecte/messaging';
import { acceptInvitation } from './accept-invitation.js';
import { invitePerson } from './invite-person.js';
import { registerSite } from './register-site.js';
import { createServiceAccount } from './service-accounts.js';

const YEAR_MS = 366 * 86_400_000;

async function addOrganisation(tx: Tx, activity: Organisation['activity'], listed: Profile & { id: string; quotaPerQuarter?: number }): Promise<void> {
  const { id, quotaPerQuarter = 0, ...profile } = listed;
  const pending: Organisation = {
    ...profile, id, version: 1, state: 'pending', activity, quotaPerQuarter: null, approvedUntil: null, reason: null, externalReference: null,
  };
  await insertOrganisation(tx, pending);
  append(tx, directory.OrganisationRegistered, { key: id, version: 1 }, organisationFacts(pending));
  const approved = await saveOrganisation(tx, approve(pending, { quotaPerQuarter, approvedUntil: new Date(tx.now.getTime() + YEAR_MS) }));
  append(tx, directory.OrganisationApproved, { key: id, version: approved.version }, organisationFacts(approved));
}

/** Loads the demonstration's sites, organisations and accounts, with their events. Does nothing where they are here already. */
export async function seedDemonstration(tx: Tx): Promise<void> {
  const [first] = demonstration.accounts;
  if (await tx.one('select 1 from person where id = $1', [first.id])) return;

  for (const { id, ...site } of demonstration.sites) await registerSite(tx, site, id);
  await addOrganisation(tx, 'donor', demonstration.donor);
  for (const structure of demonstration.structures) await addOrganisation(tx, 'structure', structure);

  // One hash for all: they share their password, and each hash takes 80 ms.
  const passwordHash = await hashPassword(demonstration.password);
  for (const { id, ...person } of demonstration.accounts) {
    const token = newSecret();
    await invitePerson(tx, { ...person, token }, id);
    await acceptInvitation(tx, { token, password: demonstration.password }, async () => passwordHash);
  }
  await createServiceAccount(tx, { ...demonstration.program, secret: newSecret() });
}
