import { z } from 'zod';
import { defineEvent } from './event.js';
import { Count, Id, Instant, PostalCode, Role, ROLES } from './values.js';

const ID = '0192f3a0-0000-7000-8000-000000000001';

const site = { siteId: Id, state: z.enum(['open', 'closed']), postalCode: PostalCode, weeklyCapacity: Count, bins: z.array(z.string().max(20)).max(2000) };
const siteExample = { siteId: ID, state: 'open' as const, postalCode: '69007', weeklyCapacity: 400, bins: ['A-01', 'A-02'] };
const siteConsumers = ['intake', 'inventory', 'matching', 'dispatch'] as const;
export const SiteRegistered = defineEvent('directory.site', 'site-registered', siteConsumers, site, siteExample);
export const SiteChanged = defineEvent('directory.site', 'site-changed', siteConsumers, site, siteExample);

/** A company, public body or association that gives (`donor`), or one that receives (`structure`). */
const organisation = {
  organisationId: Id,
  state: z.enum(['pending', 'approved', 'declined', 'suspended']),
  activity: z.enum(['donor', 'structure']),
  kind: z.enum(['company', 'public-body', 'association']),
  postalCode: PostalCode,
  /** Structures only: people they serve in a year, devices they may be given in a calendar quarter, end of approval. */
  peopleServed: Count.nullable(),
  quotaPerQuarter: Count.nullable(),
  approvedUntil: Instant.nullable(),
};
const organisationExample = {
  organisationId: ID, state: 'pending' as const, activity: 'structure' as const, kind: 'association' as const, postalCode: '93200',
  peopleServed: 420, quotaPerQuarter: 60, approvedUntil: null,
};
const organisationConsumers = ['intake', 'matching'] as const;
const organisationEvent = (name: string) =>
  defineEvent('directory.organisation', name, organisationConsumers, organisation, organisationExample);
export const OrganisationRegistered = organisationEvent('organisation-registered');
export const OrganisationApproved = organisationEvent('organisation-approved');
export const OrganisationDeclined = organisationEvent('organisation-declined');
export const OrganisationChanged = organisationEvent('organisation-changed');

/** Who may act, without saying who they are. */
const person = { personId: Id, state: z.enum(['invited', 'active', 'disabled']), roles: z.array(Role).max(ROLES.length), organisationId: Id.nullable(), siteIds: z.array(Id).max(50) };
const personExample = { personId: ID, state: 'active' as const, roles: ['operator' as const], organisationId: null, siteIds: [ID] };
export const PersonInvited = defineEvent('directory.person', 'person-invited', [], person, personExample);
export const PersonChanged = defineEvent('directory.person', 'person-changed', [], person, personExample);

/** A program that may act, by its id; its client id and secret live in the directory only. */
const serviceAccount = { serviceAccountId: Id, state: z.enum(['active', 'disabled']), roles: z.array(Role).max(ROLES.length), siteIds: z.array(Id).max(50).default([]) };
const serviceAccountExample = { serviceAccountId: ID, state: 'active' as const, roles: ['service' as const], siteIds: [ID] };
export const ServiceAccountCreated = defineEvent('directory.service-account', 'service-account-created', [], serviceAccount, serviceAccountExample);
export const ServiceAccountChanged = defineEvent('directory.service-account', 'service-account-changed', [], serviceAccount, serviceAccountExample);
