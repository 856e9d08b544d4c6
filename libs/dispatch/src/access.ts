import { DomainError, type Role } from '@lacollecte/contracts';
import type { Actor } from '@lacollecte/database';

const EVERYWHERE: ReadonlySet<Role> = new Set<Role>(['coordinator', 'ops', 'admin']);

/** Sites where an operator acts and whose rows they are shown; null: all (structures are kept to their own rows by the database). */
export function sitesOf(actor: Actor): readonly string[] | null {
  return actor.roles.includes('operator') && !actor.roles.some((role) => EVERYWHERE.has(role)) ? actor.siteIds : null;
}

/** Refuses an operator of another site. Who else may call is said by the route. */
export function checkSite(actor: Actor, siteId: string): void {
  const own = sitesOf(actor);
  if (own !== null && !own.includes(siteId)) throw new DomainError('other-site', { siteId });
}
