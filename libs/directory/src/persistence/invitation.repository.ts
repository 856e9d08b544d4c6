import type { Tx } from '@lacollecte/database';
import type { Person } from '../domain/person.js';

const DAY_MS = 86_400_000;

/** The person's only valid link from now on. Returns when it ends. */
export async function putInvitation(tx: Tx, person: Person, tokenHash: string, days: number): Promise<Date> {
  const expiresAt = new Date(tx.now.getTime() + days * DAY_MS);
  await tx.execute(
    `insert into invitation (person_id, organisation_id, token_hash, expires_at) values ($1, $2, $3, $4)
     on conflict (person_id) do update set token_hash = excluded.token_hash, expires_at = excluded.expires_at, accepted_at = null`,
    [person.id, person.organisationId, tokenHash, expiresAt],
  );
  return expiresAt;
}

/** Uses up the link: of several at once exactly one gets it. */
export async function takeInvitation(tx: Tx, tokenHash: string): Promise<{ personId: string; organisationId: string | null } | undefined> {
  const row = await tx.one<{ person_id: string; organisation_id: string | null }>(
    `update invitation set accepted_at = $2 where token_hash = $1 and accepted_at is null and expires_at > $2 returning person_id, organisation_id`,
    [tokenHash, tx.now],
  );
  return row && { personId: row.person_id, organisationId: row.organisation_id };
}

/** When the link that waits to be used ends, or has ended; null where there is none. */
export async function linkEnd(tx: Tx, personId: string): Promise<Date | null> {
  const row = await tx.one<{ expires_at: Date }>('select expires_at from invitation where person_id = $1 and accepted_at is null', [personId]);
  return row?.expires_at ?? null;
}

/** No link of this person works any more. */
export async function dropInvitation(tx: Tx, personId: string): Promise<void> {
  await tx.execute('delete from invitation where person_id = $1', [personId]);
}
