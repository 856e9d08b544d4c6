import { directory } from '@lacollecte/contracts';
import { from, Projection } from '@lacollecte/messaging';

/** What directory says of a site; what was said later stands, whatever arrives last. */
export const site = new Projection(
  'site',
  from([directory.SiteRegistered, directory.SiteChanged], (rows, { data, version }) =>
    rows.execute(
      `insert into site (id, version, state, bins) values ($1, $2, $3, $4)
       on conflict (id) do update set version = excluded.version, state = excluded.state, bins = excluded.bins
       where site.version < excluded.version`,
      [data.siteId, version, data.state, data.bins],
    ),
  ),
);
