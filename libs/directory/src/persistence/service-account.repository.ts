import { DomainError, type directory, type EventData, type Role } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';

/** A program that may act with a secret of its own. */
export interface ServiceAccount {
  readonly id: string;
  readonly version: number;
  readonly state: 'active' | 'disabled';
  readonly clientId: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Where it acts, as an operator would. */
  readonly siteIds: readonly string[];
}

interface Row { id: string; version: number; state: ServiceAccount['state']; client_id: string; name: string; roles: Role[]; site_ids: string[] }

const COLUMNS = 'id, version, state, client_id, name, roles, site_ids';

function toServiceAccount({ client_id: clientId, site_ids: siteIds, ...rest }: Row): ServiceAccount {
  return { ...rest, clientId, siteIds };
}

/** A handful, so no paging. */
export async function allServiceAccounts(tx: Tx): Promise<ServiceAccount[]> {
  return (await tx.query<Row>(`select ${COLUMNS} from service_account order by created_at, id`)).map(toServiceAccount);
}

export async function loadServiceAccount(tx: Tx, id: string, version: number): Promise<ServiceAccount> {
  const row = await tx.one<Row>(`select ${COLUMNS} from service_account where id = $1 for update`, [id]);
  if (!row) throw new DomainError('service-account-not-found', { id });
  if (row.version !== version) throw new DomainError('stale-version');
  return toServiceAccount(row);
}

export async function insertServiceAccount(tx: Tx, account: ServiceAccount, secretHash: string): Promise<void> {
  await tx.execute(
    `insert into service_account (${COLUMNS}, secret_hash) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [account.id, account.version, account.state, account.clientId, account.name, account.roles, account.siteIds, secretHash],
  );
}

export async function saveServiceAccountState(tx: Tx, account: ServiceAccount): Promise<ServiceAccount> {
  const saved = await tx.execute('update service_account set version = version + 1, state = $3 where id = $1 and version = $2', [
    account.id, account.version, account.state,
  ]);
  if (saved === 0) throw new DomainError('stale-version');
  return { ...account, version: account.version + 1 };
}

export function serviceAccountFacts(a: ServiceAccount): EventData<typeof directory.ServiceAccountChanged> {
  return { serviceAccountId: a.id, state: a.state, roles: [...a.roles], siteIds: [...a.siteIds] };
}
