import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { createServiceAccount, disableServiceAccount } from '../commands/service-accounts.js';
import { newSecret } from '../credentials/secret.js';
import { allServiceAccounts } from '../persistence/service-account.repository.js';
import { serviceAccountView } from '../queries/views.js';
import { createServiceAccountSpec, disableServiceAccountSpec, listServiceAccountsSpec } from './directory.schemas.js';

@Controller('service-accounts')
export class ServiceAccountsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', '', listServiceAccountsSpec)
  list() {
    return this.uow.run(async (tx) => (await allServiceAccounts(tx)).map(serviceAccountView));
  }

  /** The secret joins the answer after the transaction, for the transaction keeps its answer and the secret is stored hashed only. */
  @Endpoint('POST', '', createServiceAccountSpec)
  async create(@Input() input: InputOf<typeof createServiceAccountSpec>) {
    const secret = newSecret();
    const view = await this.uow.run((tx) => createServiceAccount(tx, { ...input.body, secret }));
    return { ...view, secret };
  }

  @Endpoint('POST', ':serviceAccountId/disabling', disableServiceAccountSpec)
  disable(@Input() input: InputOf<typeof disableServiceAccountSpec>) {
    return this.uow.run((tx) => disableServiceAccount(tx, { ...input.params, version: input.version }));
  }
}
