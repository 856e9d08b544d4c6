import { directory } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { v7 } from 'uuid';
import { change, type Site, siteFacts } from '../domain/site.js';
import { insertSite } from '../persistence/site.repository.js';
import { siteView, type SiteView } from '../queries/views.js';

/** Opens a site. `id` is given for demonstration data only. */
export async function registerSite(tx: Tx, input: Omit<Site, 'id' | 'version' | 'state'>, id: string = v7()): Promise<SiteView> {
  const site = change({ id, version: 1, state: 'open', ...input }, {});
  await insertSite(tx, site);
  append(tx, directory.SiteRegistered, { key: site.id, version: site.version }, siteFacts(site));
  return siteView(site);
}
