import type { Role } from '@lacollecte/contracts';

/** Who acts: a person or service account with a verified token, or the system itself (consumers, jobs, sweeps). */
export interface Actor {
  readonly subject: string;
  readonly roles: readonly Role[];
  /** The donor or structure this person belongs to. */
  readonly organisationId: string | null;
  /** Sites where an operator may act. */
  readonly siteIds: readonly string[];
}

export const SYSTEM: Actor = { subject: 'system', roles: [], organisationId: null, siteIds: [] };

const STAFF: ReadonlySet<Role> = new Set<Role>(['coordinator', 'operator', 'ops', 'admin', 'service']);

/** Staff see the rows of every organisation; everyone else only those of their own. */
export function isStaff(actor: Actor): boolean {
  return actor.roles.some((role) => STAFF.has(role));
}
