import { DomainError, type Role } from '@lacollecte/contracts';
import { STAFF_ROLES } from './person.js';

/**
 * A program acts as staff does, never for an organisation. As `service` it acts at the sites it is given, as an operator
 * would, and without any it only reads; as `operator` it needs one; with other roles it has none.
 */
export function checkProgram({ roles, siteIds }: { readonly roles: readonly Role[]; readonly siteIds: readonly string[] }): void {
  const misplaced = roles.find((role) => role !== 'service' && !STAFF_ROLES.includes(role));
  if (misplaced !== undefined) throw new DomainError('role-out-of-place', { role: misplaced }, [{ pointer: '/roles', code: 'role-out-of-place' }]);
  const needsSites = roles.includes('operator') && siteIds.length === 0;
  const hasNone = siteIds.length > 0 && !roles.some((role) => role === 'operator' || role === 'service');
  if (needsSites || hasNone) throw new DomainError('program-sites', {}, [{ pointer: '/siteIds', code: 'program-sites' }]);
}
