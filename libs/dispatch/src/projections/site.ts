import { directory } from '@lacollecte/contracts';
import { from, Projection } from '@lacollecte/messaging';

/** What dispatch knows of a site; an older version than the one known says nothing new. */
export const site = new Projection(
  'site',
  from([directory.SiteRegistered, directory.SiteChanged], (rows, { data, version }) =>
    rows.execute(
      `insert into site (id, state, bins, version) values ($1, $2, $3, $4)
       on conflict (id) do update set state = excluded.state, bins = excluded.bins, version = excluded.version where site.version < excluded.version`,
      [data.siteId, data.state, data.bins, version],
    ),
  ),
);
