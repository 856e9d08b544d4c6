import { departmentOf, directory } from '@lacollecte/contracts';
import { from, Projection } from '@lacollecte/messaging';

/** Of two events of one site the newer is right, in whatever order they come. */
export const site = new Projection(
  'site',
  from([directory.SiteRegistered, directory.SiteChanged], (rows, { data, version, n }) =>
    rows.execute(
      `insert into site (id, version, n, state, postal_code, department) values ($1, $2, $3, $4, $5, $6)
       on conflict (id) do update set version = excluded.version, n = excluded.n, state = excluded.state, postal_code = excluded.postal_code, department = excluded.department
       where (site.version, site.n) < (excluded.version, excluded.n)`,
      [data.siteId, version, n, data.state, data.postalCode, departmentOf(data.postalCode)],
    ),
  ),
);
