import { DomainError } from '@lacollecte/contracts';

/** Operators act at their own sites; coordinators at all. Throws naming where the item is. */
export function mayActAt(actor: { roles: readonly string[]; siteIds: readonly string[] }, item: { siteId: string; label: string }): void {
  if (actor.roles.includes('coordinator') || actor.siteIds.includes(item.siteId)) return;
  throw new DomainError('item-at-other-site', { label: item.label, siteId: item.siteId });
}
