import type { Tx } from '@lacollecte/database';
import { fromCursor, type Page, toPage } from '@lacollecte/http';
import { ORGANISATION_COLUMNS, type OrganisationRow, toOrganisation } from '../persistence/organisation.repository.js';
import { type ListedOrganisationView, organisationView } from './views.js';

export interface OrganisationFilter {
  readonly after?: string;
  readonly limit: number;
  readonly activity?: string;
  readonly state?: string;
  /** Part of its name, or its SIREN. */
  readonly search?: string;
}

/** Oldest first: who waits longest stands on top. */
export async function listOrganisations(tx: Tx, filter: OrganisationFilter): Promise<Page<ListedOrganisationView>> {
  const rows = await tx.query<OrganisationRow & { created_at: string }>(
    `select ${ORGANISATION_COLUMNS}, organisation.created_at::text from organisation
     where ($1::text is null or activity = $1) and ($2::text is null or state = $2)
       and ($3::text is null or siren = $3 or strpos(lower(name), lower($3)) > 0)
       and ($4::timestamptz is null or (created_at, id) > ($4, $5::uuid))
     order by organisation.created_at, id limit $6`,
    [filter.activity ?? null, filter.state ?? null, filter.search ?? null, ...fromCursor(filter.after), filter.limit + 1],
  );
  return toPage(rows, filter.limit, (row) => ({ ...organisationView(toOrganisation(row)), createdAt: new Date(row.created_at).toISOString() }));
}
