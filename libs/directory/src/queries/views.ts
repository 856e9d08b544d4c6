import { z } from 'zod';
import { PostalCode, Role } from '@lacollecte/contracts';
import { ACTIVITIES, KINDS, type Organisation, PUBLICS } from '../domain/organisation.js';
import type { Person } from '../domain/person.js';
import type { Site } from '../domain/site.js';
import type { ServiceAccount } from '../persistence/service-account.repository.js';

const version = z.int();

export const SiteView = z.object({
  siteId: z.uuid(), version, state: z.enum(['open', 'closed']), name: z.string(), street: z.string(), postalCode: PostalCode, city: z.string(),
  bins: z.array(z.string()), weeklyCapacity: z.int(),
});
export type SiteView = z.infer<typeof SiteView>;

export function siteView({ id, bins, ...site }: Site): SiteView {
  return { siteId: id, ...site, bins: [...bins] };
}

export const PublicsView = z.partialRecord(z.enum(PUBLICS), z.int().min(1).max(1_000_000));
export const OrganisationView = z.object({
  organisationId: z.uuid(), version, state: z.enum(['pending', 'approved', 'declined', 'suspended']), activity: z.enum(ACTIVITIES), kind: z.enum(KINDS),
  name: z.string(), siren: z.string().nullable(), street: z.string(), postalCode: PostalCode, city: z.string(), publics: PublicsView,
  peopleServed: z.int().nullable(), quotaPerQuarter: z.int().nullable(), approvedUntil: z.iso.datetime().nullable(), reason: z.string().nullable(),
  externalReference: z.string().nullable(),
});
export type OrganisationView = z.infer<typeof OrganisationView>;

/** Where something is brought: nothing else of it. */
export const OrganisationAddressView = OrganisationView.pick({ organisationId: true, name: true, street: true, postalCode: true, city: true });

export function organisationAddress({ id, name, street, postalCode, city }: Organisation): z.infer<typeof OrganisationAddressView> {
  return { organisationId: id, name, street, postalCode, city };
}

/** In a list: with when it registered, since when it waits where it is pending. */
export const ListedOrganisationView = OrganisationView.extend({ createdAt: z.iso.datetime() });
export type ListedOrganisationView = z.infer<typeof ListedOrganisationView>;

export function organisationView({ id, approvedUntil, ...organisation }: Organisation): OrganisationView {
  return { organisationId: id, ...organisation, approvedUntil: approvedUntil?.toISOString() ?? null };
}

export const PersonView = z.object({
  personId: z.uuid(), version, state: z.enum(['invited', 'active', 'disabled']), email: z.string().nullable(), name: z.string().nullable(),
  roles: z.array(Role), organisationId: z.uuid().nullable(), siteIds: z.array(z.uuid()),
});
export type PersonView = z.infer<typeof PersonView>;

export function personView({ id, roles, siteIds, ...person }: Person): PersonView {
  return { personId: id, ...person, roles: [...roles], siteIds: [...siteIds] };
}

/** A person, and until when the link given to them lets them choose a password; null where no link waits to be used. */
export const ShownPersonView = PersonView.extend({ linkEndsAt: z.iso.datetime().nullable() });

/** A person and the end of the link just made; the link's token is added to the first answer only. */
export const InvitationView = PersonView.extend({
  expiresAt: z.iso.datetime(),
  token: z.string().optional().describe('Shown once: absent where the same request is repeated. A new link replaces a lost one.'),
});
export type InvitationView = z.infer<typeof InvitationView>;

export const ServiceAccountView = z.object({
  serviceAccountId: z.uuid(), version, state: z.enum(['active', 'disabled']), clientId: z.string(), name: z.string(), roles: z.array(Role), siteIds: z.array(z.uuid()),
  secret: z.string().optional().describe('Shown once, when the account is created.'),
});
export type ServiceAccountView = z.infer<typeof ServiceAccountView>;

export function serviceAccountView({ id, roles, siteIds, ...account }: ServiceAccount): ServiceAccountView {
  return { serviceAccountId: id, ...account, roles: [...roles], siteIds: [...siteIds] };
}
