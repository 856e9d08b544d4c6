import type { directory, EventData } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';

/** The newest version of a site, in whatever order its events arrive. */
export async function rememberSite(tx: Tx, site: EventData<typeof directory.SiteChanged>, version: number): Promise<void> {
  await tx.execute(
    `insert into site (id, open, postal_code, weekly_capacity, version) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set open = excluded.open, postal_code = excluded.postal_code, weekly_capacity = excluded.weekly_capacity, version = excluded.version
     where site.version < excluded.version`,
    [site.siteId, site.state === 'open', site.postalCode, site.weeklyCapacity, version],
  );
}

/** The newest version of an organisation that gives. */
export async function rememberDonor(tx: Tx, data: EventData<typeof directory.OrganisationChanged>, version: number): Promise<void> {
  if (data.activity !== 'donor') return;
  await tx.execute(
    `insert into donor (id, state, kind, postal_code, version) values ($1, $2, $3, $4, $5)
     on conflict (id) do update set state = excluded.state, kind = excluded.kind, postal_code = excluded.postal_code, version = excluded.version
     where donor.version < excluded.version`,
    [data.organisationId, data.state, data.kind, data.postalCode, version],
  );
}
