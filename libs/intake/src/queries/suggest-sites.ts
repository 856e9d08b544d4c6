import { departmentOf, kilometres } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { loadLot, sumsOf } from '../persistence/lot.repository.js';

export interface SiteSuggestion {
  readonly siteId: string;
  readonly kilometres: number;
  /** Devices it can still take this week (from Monday, Europe/Paris), less those of lots already sent to it. */
  readonly capacityLeft: number;
}

interface SiteRow {
  readonly id: string;
  readonly postalCode: string;
  readonly left: number;
}

const SITES = `select s.id, s.postal_code as "postalCode", s.weekly_capacity - coalesce((
    select sum(ln.quantity - ln.declined) from lot l join lot_line ln on ln.lot_id = l.id
    where l.site_id = s.id and l.state in ('accepted', 'receiving', 'received')
      and l.accepted_at >= date_trunc('week', now() at time zone 'Europe/Paris') at time zone 'Europe/Paris'), 0)::int as left
  from site s where s.open`;

/** Nearest first, those with room for the whole lot before the others. */
export async function suggestSites(tx: Tx, lotId: string): Promise<SiteSuggestion[]> {
  const lot = await loadLot(tx, lotId);
  const { declared } = await sumsOf(tx, lot);
  const donor = await tx.one<{ postalCode: string }>('select postal_code as "postalCode" from donor where id = $1', [lot.donorId]);
  const from = donor ? departmentOf(donor.postalCode) : null;
  const sites = (await tx.query<SiteRow>(SITES)).map((site) => ({
    siteId: site.id,
    kilometres: Math.round(kilometres(from, departmentOf(site.postalCode)) ?? 9999),
    capacityLeft: Math.max(0, site.left),
  }));
  return sites.sort((a, b) => Number(b.capacityLeft >= declared) - Number(a.capacityLeft >= declared) || a.kilometres - b.kilometres);
}
