import { DomainError, intake } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { v7 } from 'uuid';
import { lotFacts, saveLot } from '../persistence/lot.repository.js';
import { actsForSite, approvedDonor, openSite, requireSite } from '../persistence/place.repository.js';
import { changeable } from './edit-lines.js';

export interface OpenLot {
  readonly title: string;
  /** Needed from a coordinator or a site; a donor opens their own. */
  readonly donorId?: string;
  /** Needed from an operator or a program: a gift that came without a list. */
  readonly siteId?: string;
  readonly earmark?: string | null;
  readonly pickupWish?: object;
}

export interface LotWords {
  readonly title?: string | undefined;
  readonly earmark?: string | null | undefined;
  readonly pickupWish?: object | undefined;
}

/** What the donor says of a draft as a whole; what is not given stays. */
export async function describeLot(tx: Tx, input: LotWords & { lotId: string; version: number }): Promise<void> {
  const lot = await changeable(tx, input);
  if (input.pickupWish) await tx.execute('update lot set pickup_wish = $2 where id = $1', [lot.id, JSON.stringify(input.pickupWish)]);
  const { title = lot.title, earmark = lot.earmark } = input;
  await saveLot(tx, { ...lot, title, earmark, version: lot.version + 1 }, intake.LotChanged);
}

/** A lot is opened by its donor, by a site for a gift that comes without a list, or by a coordinator for a company that telephones. */
export async function openLot(tx: Tx, input: OpenLot): Promise<string> {
  const { roles, organisationId, subject } = tx.actor;
  const origin = roles.includes('coordinator') ? 'coordinator' : actsForSite(tx.actor) ? 'site' : 'donor';
  const donorId = origin === 'donor' ? organisationId : input.donorId;
  if (!donorId) throw new DomainError('donor-missing');
  await approvedDonor(tx, donorId);
  const siteId = origin === 'donor' ? null : (input.siteId ?? null);
  if (origin === 'site' && !siteId) throw new DomainError('site-missing');
  if (siteId) {
    await openSite(tx, siteId);
    requireSite(tx.actor, siteId);
  }
  const lot = { id: v7(), version: 1, state: 'draft' as const, donorId, siteId };
  await tx.execute(
    `insert into lot (id, version, state, donor_id, site_id, origin, title, earmark, pickup_wish, created_by) values ($1, 1, 'draft', $2, $3, $4, $5, $6, $7, $8)`,
    [lot.id, donorId, siteId, origin, input.title, input.earmark ?? null, JSON.stringify(input.pickupWish ?? {}), subject],
  );
  append(tx, intake.LotOpened, { key: lot.id, version: 1 }, await lotFacts(tx, lot));
  return lot.id;
}
