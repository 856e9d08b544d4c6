import { directory } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { change, close, type Site, type SiteChange, siteFacts } from '../domain/site.js';
import { loadSite, saveSite } from '../persistence/site.repository.js';
import { siteView, type SiteView } from '../queries/views.js';

async function save(tx: Tx, changed: Site): Promise<SiteView> {
  const saved = await saveSite(tx, changed);
  append(tx, directory.SiteChanged, { key: saved.id, version: saved.version }, siteFacts(saved));
  return siteView(saved);
}

export async function changeSite(tx: Tx, input: { siteId: string; version: number; change: SiteChange }): Promise<SiteView> {
  return save(tx, change(await loadSite(tx, input.siteId, input.version), input.change));
}

/** For good: what it still holds leaves by itself, nothing new is sent there. */
export async function closeSite(tx: Tx, input: { siteId: string; version: number }): Promise<SiteView> {
  return save(tx, close(await loadSite(tx, input.siteId, input.version)));
}
