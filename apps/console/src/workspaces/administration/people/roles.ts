import type { Role } from '@lacollecte/contracts';

/** Who works for everybody, and who speaks for one organisation: nobody is both. */
export const STAFF_ROLES = ['coordinator', 'operator', 'ops', 'admin'] as const satisfies readonly Role[];
export const ROLES_OF = { donor: ['donor'], structure: ['structure', 'relay'] } as const satisfies Record<string, readonly Role[]>;
export const PEOPLE_ROLES = [...STAFF_ROLES, ...ROLES_OF.donor, ...ROLES_OF.structure] as const;
/** What a program may be. */
export const PROGRAM_ROLES = ['service', ...STAFF_ROLES] as const;
