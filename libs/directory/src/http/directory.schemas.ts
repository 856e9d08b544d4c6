import { isSiren, PostalCode, Role } from '@lacollecte/contracts';
import { PageQuery, pageOf, spec } from '@lacollecte/http';
import { z } from 'zod';
import { ACTIVITIES, KINDS } from '../domain/organisation.js';
import { InvitationView, ListedOrganisationView, OrganisationAddressView, OrganisationView, PersonView, PublicsView, ServiceAccountView, ShownPersonView, SiteView } from '../queries/views.js';

const text = z.string().trim().min(1).max(200);
const email = z.string().trim().toLowerCase().max(254).pipe(z.email());
const reason = z.string().trim().min(3).max(500);
const password = z.string().min(12).max(200);
const siren = z.string().transform((value) => value.replaceAll(/\s/g, '')).refine(isSiren, { error: 'bad-siren' });
const address = { street: text, postalCode: PostalCode, city: text };
const roles = z.array(Role).min(1).max(6).refine((list) => new Set(list).size === list.length, { error: 'twice' });
const siteIds = z.array(z.uuid()).max(50);

// Sites
const siteId = z.object({ siteId: z.uuid() });
const site = { name: text, ...address, bins: z.array(z.string().trim().min(1).max(20)).max(2000), weeklyCapacity: z.int().min(0).max(100_000) };
export const listSitesSpec = spec({ summary: 'Sites', roles: 'signed-in', returns: z.array(SiteView) });
export const getSiteSpec = spec({ summary: 'A site', roles: 'signed-in', params: siteId, returns: SiteView });
export const registerSiteSpec = spec({ summary: 'Register a site', roles: ['admin'], body: z.object(site), returns: SiteView });
export const changeSiteSpec = spec({
  summary: 'Change a site', roles: ['admin'], ifMatch: true, params: siteId, body: z.object(site).partial(), returns: SiteView,
});
export const closeSiteSpec = spec({ summary: 'Close a site for good', roles: ['admin'], ifMatch: true, status: 200, params: siteId, returns: SiteView });

// Organisations
const organisationId = z.object({ organisationId: z.uuid() });
const profile = {
  kind: z.enum(KINDS), name: text, siren: siren.nullable().default(null), ...address,
  publics: PublicsView.default({}), peopleServed: z.int().min(1).max(1_000_000).nullable().default(null),
};
const changes = z.object({
  kind: z.enum(KINDS), name: text, siren: siren.nullable(), ...address, publics: PublicsView, peopleServed: z.int().min(1).max(1_000_000).nullable(),
}).partial();
const terms = z.object({
  quotaPerQuarter: z.int().min(0).max(10_000).optional(),
  approvedUntil: z.iso.datetime({ offset: true }).transform((time) => new Date(time)).optional(),
});
const deciders = ['coordinator', 'admin'] as const;
const decision = { roles: deciders, ifMatch: true, status: 200, params: organisationId, returns: OrganisationView } as const;
export const registerOrganisationSpec = spec({
  summary: 'Register an organisation; it waits for approval. The answer is the same where it is known already.',
  roles: 'public',
  status: 202,
  body: z.object({ activity: z.enum(ACTIVITIES), organisation: z.object(profile), person: z.object({ email, name: text }) }),
  returns: z.object({ status: z.literal('received') }),
});
export const listOrganisationsSpec = spec({
  summary: 'Organisations, longest waiting first',
  roles: ['coordinator', 'admin', 'ops'],
  query: PageQuery.extend({
    activity: z.enum(ACTIVITIES).optional(), state: z.enum(['pending', 'approved', 'declined', 'suspended']).optional(), search: text.optional(),
  }),
  returns: pageOf(ListedOrganisationView),
});
export const getOrganisationSpec = spec({ summary: 'An organisation; donors and structures see their own', roles: ['coordinator', 'admin', 'ops', 'donor', 'structure', 'relay'], params: organisationId, returns: OrganisationView });
export const getOrganisationAddressSpec = spec({
  summary: 'Where something is brought to an organisation, for who packs it', roles: ['operator', 'coordinator', 'admin', 'ops'], params: organisationId, returns: OrganisationAddressView,
});
export const changeOrganisationSpec = spec({
  summary: 'Correct what an organisation says of itself', roles: deciders, ifMatch: true, params: organisationId, body: changes, returns: OrganisationView,
});
export const approveSpec = spec({ summary: 'Approve, or lift a suspension', ...decision, body: terms });
export const declineSpec = spec({ summary: 'Decline', ...decision, body: z.object({ reason }) });
export const suspendSpec = spec({ summary: 'Suspend', ...decision, body: z.object({ reason }) });
export const renewSpec = spec({ summary: 'Renew the approval of a structure', ...decision, body: terms });
export const importStructuresSpec = spec({
  summary: 'Import structures from a CSV file, as approved organisations. Known references are brought up to date.',
  roles: deciders,
  status: 200,
  upload: true,
  returns: z.object({
    created: z.int(), updated: z.int(), unchanged: z.int(),
    refused: z.array(z.object({ line: z.int(), column: z.string(), value: z.string(), reason: z.string() })),
  }),
});

// People
const personId = z.object({ personId: z.uuid() });
const person = { roles: ['admin'], ifMatch: true, status: 200, params: personId, returns: PersonView } as const;
const inviters = ['admin', 'donor', 'structure', 'relay'] as const;
export const listPeopleSpec = spec({
  summary: 'People; donors and structures see their colleagues',
  roles: ['coordinator', ...inviters],
  query: PageQuery.extend({
    role: Role.optional(), state: z.enum(['invited', 'active', 'disabled']).optional(), organisationId: z.uuid().optional(), search: text.optional(),
  }),
  returns: pageOf(PersonView),
});
export const meSpec = spec({
  summary: 'Oneself', roles: ['donor', 'coordinator', 'operator', 'structure', 'relay', 'ops', 'admin'], returns: PersonView,
});
export const getPersonSpec = spec({ summary: 'A person', roles: ['coordinator', ...inviters], params: personId, returns: ShownPersonView });
export const changePersonSpec = spec({
  summary: 'Change name, roles and sites', ...person, body: z.object({ name: text, roles, siteIds }).partial(),
});
export const disablePersonSpec = spec({ summary: 'Disable: signs in no more', ...person });
export const enablePersonSpec = spec({ summary: 'Enable again: a new link lets the person choose a new password', ...person });
export const erasePersonSpec = spec({ summary: 'Erase personal data for good; what the person did stays', ...person });
export const inviteSpec = spec({
  summary: 'Invite a person. Admins invite anyone, others colleagues of their own organisation with roles of their own.',
  roles: inviters,
  body: z.object({ email, name: text, roles, organisationId: z.uuid().nullable().default(null), siteIds: siteIds.default([]) }),
  returns: InvitationView,
});
export const renewInvitationSpec = spec({
  summary: 'Make a new one-time link; the old one no longer works', roles: ['coordinator', ...inviters], params: personId, returns: InvitationView,
});
export const acceptInvitationSpec = spec({
  summary: 'Use the link: choose a password',
  roles: 'public',
  status: 200,
  body: z.object({ token: z.string().min(20).max(100), password }),
  returns: z.object({ state: z.literal('active') }),
});

// Service accounts
const service = z.object({ serviceAccountId: z.uuid() });
export const listServiceAccountsSpec = spec({ summary: 'Service accounts', roles: ['admin'], returns: z.array(ServiceAccountView) });
export const createServiceAccountSpec = spec({
  summary: 'Create a service account; its secret is shown once. As `service` it acts at its sites only, as an operator does; without any it only reads.',
  roles: ['admin'], body: z.object({ name: text, roles, siteIds: siteIds.default([]) }), returns: ServiceAccountView,
});
export const disableServiceAccountSpec = spec({
  summary: 'Disable a service account', roles: ['admin'], ifMatch: true, status: 200, params: service, returns: ServiceAccountView,
});
