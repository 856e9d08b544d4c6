import type { Tx } from '@lacollecte/database';

/** What directory says of a site; what was said later stands, whatever arrives last. */
export async function keepSite(tx: Tx, site: { siteId: string; state: string; bins: readonly string[] }, version: number): Promise<void> {
  await tx.execute(
    `insert into site (id, version, state, bins) values ($1, $2, $3, $4)
     on conflict (id) do update set version = excluded.version, state = excluded.state, bins = excluded.bins
       where site.version < excluded.version`,
    [site.siteId, version, site.state, site.bins],
  );
}

export async function binsOf(tx: Tx, siteId: string): Promise<string[]> {
  return (await tx.one<{ bins: string[] }>('select bins from site where id = $1', [siteId]))?.bins ?? [];
}
