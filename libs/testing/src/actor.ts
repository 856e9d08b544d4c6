import { randomUUID } from 'node:crypto';
import type { Role } from '@lacollecte/contracts';
import type { Actor } from '@lacollecte/database';

/** Someone with these roles, a different person each time unless `subject` is given. */
export function actor(roles: Role | readonly Role[], of: { organisationId?: string; siteIds?: readonly string[]; subject?: string } = {}): Actor {
  return {
    subject: of.subject ?? randomUUID(),
    roles: typeof roles === 'string' ? [roles] : roles,
    organisationId: of.organisationId ?? null,
    siteIds: of.siteIds ?? [],
  };
}
