import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { Site } from '../domain/site.js';

interface SiteRow {
  id: string; version: number; state: Site['state']; name: string; street: string; postal_code: string; city: string;
  bins: string[]; weekly_capacity: number;
}

const COLUMNS = 'id, version, state, name, street, postal_code, city, bins, weekly_capacity';

function toSite(row: SiteRow): Site {
  const { postal_code: postalCode, weekly_capacity: weeklyCapacity, ...rest } = row;
  return { ...rest, postalCode, weeklyCapacity };
}

function values(site: Site): unknown[] {
  return [site.id, site.version, site.state, site.name, site.street, site.postalCode, site.city, site.bins, site.weeklyCapacity];
}

/** A few dozen at most, so no paging. */
export async function allSites(tx: Tx): Promise<Site[]> {
  return (await tx.query<SiteRow>(`select ${COLUMNS} from site order by name, id`)).map(toSite);
}

export async function findSite(tx: Tx, id: string): Promise<Site> {
  const row = await tx.one<SiteRow>(`select ${COLUMNS} from site where id = $1`, [id]);
  if (!row) throw new DomainError('site-not-found', { id });
  return toSite(row);
}

/** Locks it until the commit; `version` is the one that was shown. */
export async function loadSite(tx: Tx, id: string, version: number): Promise<Site> {
  const row = await tx.one<SiteRow>(`select ${COLUMNS} from site where id = $1 for update`, [id]);
  if (!row) throw new DomainError('site-not-found', { id });
  if (row.version !== version) throw new DomainError('stale-version');
  return toSite(row);
}

export async function insertSite(tx: Tx, site: Site): Promise<void> {
  await tx.execute(`insert into site (${COLUMNS}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`, values(site));
}

/** Saves over the version it was loaded at; returns it at the next. */
export async function saveSite(tx: Tx, site: Site): Promise<Site> {
  const saved = await tx.execute(
    `update site set version = version + 1, state = $3, name = $4, street = $5, postal_code = $6, city = $7, bins = $8, weekly_capacity = $9
     where id = $1 and version = $2`,
    values(site),
  );
  if (saved === 0) throw new DomainError('stale-version');
  return { ...site, version: site.version + 1 };
}

/** Throws where one of them is unknown or closed. */
export async function checkSites(tx: Tx, ids: readonly string[]): Promise<void> {
  const open = await tx.query<{ id: string }>(`select id from site where id = any($1) and state = 'open'`, [ids]);
  const missing = ids.find((id) => !open.some((site) => site.id === id));
  if (missing) throw new DomainError('site-not-open', { id: missing }, [{ pointer: '/siteIds', code: 'site-not-open' }]);
}
