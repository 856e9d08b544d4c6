import { directory } from '@lacollecte/contracts';
import { from, Projection } from '@lacollecte/messaging';

/** The newest version of a site, in whatever order its events arrive. */
export const site = new Projection(
  'site',
  from([directory.SiteRegistered, directory.SiteChanged], (rows, { data, version }) =>
    rows.execute(
      `insert into site (id, open, postal_code, weekly_capacity, version) values ($1, $2, $3, $4, $5)
       on conflict (id) do update set open = excluded.open, postal_code = excluded.postal_code, weekly_capacity = excluded.weekly_capacity, version = excluded.version
       where site.version < excluded.version`,
      [data.siteId, data.state === 'open', data.postalCode, data.weeklyCapacity, version],
    ),
  ),
);
