import { directory, DomainError, type Role } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { v7 } from 'uuid';
import { hashSecret } from '../credentials/secret.js';
import { checkProgram } from '../domain/service-account.js';
import { audit } from '../persistence/audit.js';
import {
  insertServiceAccount, loadServiceAccount, saveServiceAccountState, type ServiceAccount, serviceAccountFacts,
} from '../persistence/service-account.repository.js';
import { checkSites } from '../persistence/site.repository.js';
import { serviceAccountView, type ServiceAccountView } from '../queries/views.js';

/** A program that may act. The caller made the secret: it is shown once, and stored hashed. */
export async function createServiceAccount(tx: Tx, input: { name: string; roles: readonly Role[]; siteIds: readonly string[]; secret: string }): Promise<ServiceAccountView> {
  checkProgram(input);
  await checkSites(tx, input.siteIds);
  const id = v7();
  const account: ServiceAccount = { id, version: 1, state: 'active', clientId: `service-${id}`, name: input.name, roles: input.roles, siteIds: input.siteIds };
  await insertServiceAccount(tx, account, hashSecret(input.secret));
  await audit(tx, 'service-account-created', id, { roles: input.roles, siteIds: input.siteIds });
  append(tx, directory.ServiceAccountCreated, { key: id, version: 1 }, serviceAccountFacts(account));
  return serviceAccountView(account);
}

export async function disableServiceAccount(tx: Tx, input: { serviceAccountId: string; version: number }): Promise<ServiceAccountView> {
  const account = await loadServiceAccount(tx, input.serviceAccountId, input.version);
  if (account.state === 'disabled') throw new DomainError('service-account-disabled');
  const saved = await saveServiceAccountState(tx, { ...account, state: 'disabled' });
  await audit(tx, 'service-account-disabled', saved.id);
  append(tx, directory.ServiceAccountChanged, { key: saved.id, version: saved.version }, serviceAccountFacts(saved));
  return serviceAccountView(saved);
}
