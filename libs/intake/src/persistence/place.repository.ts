import { DomainError } from '@lacollecte/contracts';
import type { Actor, Tx } from '@lacollecte/database';

export interface Donor {
  readonly id: string;
  readonly state: string;
  readonly kind: 'company' | 'public-body' | 'association';
  readonly postalCode: string;
}

/** Throws `donor-not-approved`: unknown here, or waiting for approval. */
export async function approvedDonor(tx: Tx, id: string): Promise<Donor> {
  const donor = await tx.one<Donor>(`select id, state, kind, postal_code as "postalCode" from donor where id = $1`, [id]);
  if (donor?.state !== 'approved') throw new DomainError('donor-not-approved');
  return donor;
}

export interface Site {
  readonly id: string;
  readonly open: boolean;
  readonly postalCode: string;
  readonly weeklyCapacity: number;
}

/** Throws `site-unknown` where there is none, or it is closed. */
export async function openSite(tx: Tx, id: string): Promise<Site> {
  const site = await tx.one<Site>(`select id, open, postal_code as "postalCode", weekly_capacity as "weeklyCapacity" from site where id = $1`, [id]);
  if (!site?.open) throw new DomainError('site-unknown');
  return site;
}

/** Operators, and programs likewise, act for a site. */
export function actsForSite({ roles }: Actor): boolean {
  return roles.includes('operator') || roles.includes('service');
}

/** Who acts for a site changes only lots that go to one of their own: a donor's, before it has a site, is the donor's to change. Throws `site-not-yours`. */
export function requireSiteOf(lot: { readonly siteId: string | null }, actor: Actor): void {
  if (actsForSite(actor)) requireSite(actor, lot.siteId ?? '–');
}

/** Operators and programs act at their own sites; coordinators and admins at every site. Throws `site-not-yours`. */
export function requireSite(actor: Actor, siteId: string): void {
  if (actor.roles.includes('coordinator') || actor.roles.includes('admin') || actor.siteIds.includes(siteId)) return;
  throw new DomainError('site-not-yours', { site: siteId });
}
