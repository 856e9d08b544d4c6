import type { Tx } from '@lacollecte/database';
import { fromCursor, type Page, toPage } from '@lacollecte/http';
import { PERSON_COLUMNS, type PersonRow, toPerson } from '../persistence/person.repository.js';
import { personView, type PersonView } from './views.js';

export interface PersonFilter {
  readonly after?: string;
  readonly limit: number;
  readonly role?: string;
  readonly state?: string;
  readonly organisationId?: string;
  /** Part of the name or e-mail. */
  readonly search?: string;
}

/** People of an organisation see their colleagues (row-level security); staff see everyone. */
export async function listPeople(tx: Tx, filter: PersonFilter): Promise<Page<PersonView>> {
  const rows = await tx.query<PersonRow & { created_at: string }>(
    `select ${PERSON_COLUMNS}, created_at::text from person
     where ($1::text is null or $1 = any(roles)) and ($2::text is null or state = $2) and ($3::uuid is null or organisation_id = $3)
       and ($4::text is null or strpos(email, lower($4)) > 0 or strpos(lower(name), lower($4)) > 0)
       and ($5::timestamptz is null or (created_at, id) > ($5, $6::uuid))
     order by person.created_at, id limit $7`,
    [filter.role ?? null, filter.state ?? null, filter.organisationId ?? null, filter.search ?? null, ...fromCursor(filter.after), filter.limit + 1],
  );
  return toPage(rows, filter.limit, ({ created_at: _, ...row }) => personView(toPerson(row)));
}
