import type { directory, EventData } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';

/** What dispatch knows of a site; an older version than the one known says nothing new. */
export async function rememberSite(tx: Tx, site: EventData<typeof directory.SiteChanged>, version: number): Promise<void> {
  await tx.execute(
    `insert into site (id, state, bins, version) values ($1, $2, $3, $4)
     on conflict (id) do update set state = excluded.state, bins = excluded.bins, version = excluded.version where site.version < excluded.version`,
    [site.siteId, site.state, site.bins, version],
  );
}
