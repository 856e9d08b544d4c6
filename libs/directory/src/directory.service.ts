import { IssuerTables1720000000000, removeExpired } from '@lacollecte/issuer';
import type { ServiceDefinition } from '@lacollecte/runtime';
import { ORGANISATION_STATES } from './domain/organisation.js';
import { PERSON_STATES } from './domain/person.js';
import { SITE_STATES } from './domain/site.js';
import { OrganisationsController } from './http/organisations.controller.js';
import { PeopleController } from './http/people.controller.js';
import { ServiceAccountsController } from './http/service-accounts.controller.js';
import { SitesController } from './http/sites.controller.js';
import { DirectoryTables1710000000000 } from './persistence/migrations/directory-tables.js';
import { ServiceAccountSites1720000000001 } from './persistence/migrations/service-account-sites.js';
import { invariants } from './invariants.js';
import { problems } from './problems.js';
import { settings } from './settings.js';

/** Who is who: sites, organisations, people. Nothing is asked of it by events; it announces. The issuer keeps its sessions in its database. */
export const directoryService: ServiceDefinition = {
  name: 'directory',
  controllers: [SitesController, OrganisationsController, PeopleController, ServiceAccountsController],
  consumers: [],
  migrations: [DirectoryTables1710000000000, IssuerTables1720000000000, ServiceAccountSites1720000000001],
  aggregates: [
    { table: 'site', topic: 'directory.site', transitions: SITE_STATES },
    { table: 'organisation', topic: 'directory.organisation', transitions: ORGANISATION_STATES },
    { table: 'person', topic: 'directory.person', transitions: PERSON_STATES },
    { table: 'service_account', topic: 'directory.service-account', transitions: { '': ['active'], active: ['disabled'], disabled: [] } },
  ],
  projections: [],
  parts: ['invitation', 'issuer_record', 'issuer_key'],
  invariants,
  jobs: [],
  sweeps: [removeExpired],
  problems,
  settings,
};
