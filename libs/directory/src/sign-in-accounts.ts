import { DomainError, type Role } from '@lacollecte/contracts';
import { NO_CAUSE, type Pool, SYSTEM, type Tx } from '@lacollecte/database';
import type { Account, Accounts } from '@lacollecte/issuer';
import { acceptInvitation } from './commands/accept-invitation.js';
import { verifyPassword } from './credentials/password.js';
import { hashSecret } from './credentials/secret.js';
import { demonstration } from './demonstration.js';

interface Row {
  id: string; name: string; email: string; roles: Role[]; organisation_id: string | null; site_ids: string[]; password_hash: string;
}

const COLUMNS = 'id, name, email, roles, organisation_id, site_ids, password_hash';

function toAccount(row: Row): Account {
  return { id: row.id, name: row.name, email: row.email, roles: row.roles, organisationId: row.organisation_id, siteIds: row.site_ids };
}

/**
 * What the standalone issuer asks of the directory, read with its worker pool. Without `demo` the demonstration accounts of
 * an earlier run do not exist: their password is public.
 */
export function signInAccounts(pool: Pool, { demo }: { demo: boolean }): Accounts {
  const run = <T>(work: (tx: Tx) => Promise<T>) => pool.transaction(SYSTEM, NO_CAUSE, work);
  const refused = new Set<string>(demo ? [] : demonstration.accounts.map((account) => account.id));
  const known = (row: Row | undefined) => (row && !refused.has(row.id) ? row : null);

  return {
    authenticate: async (email, password) => {
      const row = known(await run((tx) => tx.one<Row>(`select ${COLUMNS} from person where email = $1 and state = 'active'`, [email])));
      // Outside of the transaction: a password takes its time to compare.
      return (await verifyPassword(password, row?.password_hash ?? null)) && row ? toAccount(row) : null;
    },
    findPerson: async (id) => {
      const row = known(await run((tx) => tx.one<Row>(`select ${COLUMNS} from person where id = $1 and state = 'active'`, [id])));
      return row && toAccount(row);
    },
    findClient: async (clientId) =>
      (await run((tx) => tx.one<{ roles: Role[]; siteIds: string[] }>(`select roles, site_ids as "siteIds" from service_account where client_id = $1 and state = 'active'`, [clientId]))) ?? null,
    authenticateClient: async (clientId, secret) => {
      // Equal hashes of 256 random bits: comparing them in the database tells nothing by its time.
      const found = await run((tx) =>
        tx.one(`select 1 from service_account where client_id = $1 and secret_hash = $2 and state = 'active'`, [clientId, hashSecret(secret)]),
      );
      return found !== undefined;
    },
    acceptInvitation: async (token, password) => {
      try {
        await run((tx) => acceptInvitation(tx, { token, password }));
        return true;
      } catch (error) {
        if (error instanceof DomainError && error.code === 'invitation-invalid') return false;
        throw error;
      }
    },
  };
}
