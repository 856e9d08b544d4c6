import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { changeOrganisation } from '../commands/change-organisation.js';
import { approveOrganisation, declineOrganisation, renewOrganisation, suspendOrganisation } from '../commands/decide-organisation.js';
import { importStructures } from '../commands/import-structures.js';
import { readStructureList } from '../commands/read-structure-list.js';
import { registerOrganisation } from '../commands/register-organisation.js';
import { findOrganisation } from '../persistence/organisation.repository.js';
import { listOrganisations } from '../queries/list-organisations.js';
import { organisationAddress, organisationView } from '../queries/views.js';
import {
  approveSpec, changeOrganisationSpec, declineSpec, getOrganisationAddressSpec, getOrganisationSpec, importStructuresSpec, listOrganisationsSpec, registerOrganisationSpec, renewSpec,
  suspendSpec,
} from './directory.schemas.js';

@Controller()
export class OrganisationsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('POST', 'registrations', registerOrganisationSpec)
  register(@Input() input: InputOf<typeof registerOrganisationSpec>) {
    return this.uow.run(async (tx) => {
      await registerOrganisation(tx, input.body);
      return { status: 'received' };
    });
  }

  @Endpoint('GET', 'organisations', listOrganisationsSpec)
  list(@Input() input: InputOf<typeof listOrganisationsSpec>) {
    return this.uow.run((tx) => listOrganisations(tx, input.query));
  }

  @Endpoint('POST', 'organisations/import', importStructuresSpec)
  async import(@Input() input: InputOf<typeof importStructuresSpec>) {
    const structures = await readStructureList(input.file);
    return this.uow.run((tx) => importStructures(tx, structures));
  }

  @Endpoint('GET', 'organisations/:organisationId', getOrganisationSpec)
  get(@Input() input: InputOf<typeof getOrganisationSpec>) {
    return this.uow.run(async (tx) => organisationView(await findOrganisation(tx, input.params.organisationId)));
  }

  @Endpoint('GET', 'organisations/:organisationId/address', getOrganisationAddressSpec)
  address(@Input() input: InputOf<typeof getOrganisationAddressSpec>) {
    return this.uow.run(async (tx) => organisationAddress(await findOrganisation(tx, input.params.organisationId)));
  }

  @Endpoint('PATCH', 'organisations/:organisationId', changeOrganisationSpec)
  change(@Input() input: InputOf<typeof changeOrganisationSpec>) {
    return this.uow.run((tx) => changeOrganisation(tx, { ...input.params, version: input.version, change: input.body }));
  }

  @Endpoint('POST', 'organisations/:organisationId/approval', approveSpec)
  approve(@Input() input: InputOf<typeof approveSpec>) {
    return this.uow.run((tx) => approveOrganisation(tx, { ...input.params, version: input.version, ...input.body }));
  }

  @Endpoint('POST', 'organisations/:organisationId/refusal', declineSpec)
  decline(@Input() input: InputOf<typeof declineSpec>) {
    return this.uow.run((tx) => declineOrganisation(tx, { ...input.params, version: input.version, ...input.body }));
  }

  @Endpoint('POST', 'organisations/:organisationId/suspension', suspendSpec)
  suspend(@Input() input: InputOf<typeof suspendSpec>) {
    return this.uow.run((tx) => suspendOrganisation(tx, { ...input.params, version: input.version, ...input.body }));
  }

  @Endpoint('POST', 'organisations/:organisationId/renewal', renewSpec)
  renew(@Input() input: InputOf<typeof renewSpec>) {
    return this.uow.run((tx) => renewOrganisation(tx, { ...input.params, version: input.version, ...input.body }));
  }
}
