import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { acceptInvitation } from '../commands/accept-invitation.js';
import { changePerson, disablePerson, enablePerson, erasePerson } from '../commands/change-person.js';
import { invitePerson } from '../commands/invite-person.js';
import { renewInvitation } from '../commands/renew-invitation.js';
import { newSecret } from '../credentials/secret.js';
import { linkEnd } from '../persistence/invitation.repository.js';
import { findPerson } from '../persistence/person.repository.js';
import { listPeople } from '../queries/list-people.js';
import { personView } from '../queries/views.js';
import {
  acceptInvitationSpec, changePersonSpec, disablePersonSpec, enablePersonSpec, erasePersonSpec, getPersonSpec, inviteSpec, listPeopleSpec, meSpec,
  renewInvitationSpec,
} from './directory.schemas.js';

@Controller()
export class PeopleController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', 'people', listPeopleSpec)
  list(@Input() input: InputOf<typeof listPeopleSpec>) {
    return this.uow.run((tx) => listPeople(tx, input.query));
  }

  @Endpoint('GET', 'me', meSpec)
  me(@Input() input: InputOf<typeof meSpec>) {
    return this.uow.run(async (tx) => personView(await findPerson(tx, input.actor.subject)));
  }

  @Endpoint('GET', 'people/:personId', getPersonSpec)
  get(@Input() input: InputOf<typeof getPersonSpec>) {
    return this.uow.run(async (tx) => {
      const person = await findPerson(tx, input.params.personId);
      return { ...personView(person), linkEndsAt: (await linkEnd(tx, person.id))?.toISOString() ?? null };
    });
  }

  @Endpoint('PATCH', 'people/:personId', changePersonSpec)
  change(@Input() input: InputOf<typeof changePersonSpec>) {
    return this.uow.run((tx) => changePerson(tx, { ...input.params, version: input.version, change: input.body }));
  }

  @Endpoint('POST', 'people/:personId/disabling', disablePersonSpec)
  disable(@Input() input: InputOf<typeof disablePersonSpec>) {
    return this.uow.run((tx) => disablePerson(tx, { ...input.params, version: input.version }));
  }

  @Endpoint('POST', 'people/:personId/enabling', enablePersonSpec)
  enable(@Input() input: InputOf<typeof enablePersonSpec>) {
    return this.uow.run((tx) => enablePerson(tx, { ...input.params, version: input.version }));
  }

  @Endpoint('POST', 'people/:personId/erasure', erasePersonSpec)
  erase(@Input() input: InputOf<typeof erasePersonSpec>) {
    return this.uow.run((tx) => erasePerson(tx, { ...input.params, version: input.version }));
  }

  /** The token joins the answer after the transaction, for the transaction keeps its answer and the token is stored hashed only. */
  @Endpoint('POST', 'invitations', inviteSpec)
  async invite(@Input() input: InputOf<typeof inviteSpec>) {
    const token = newSecret();
    const view = await this.uow.run((tx) => invitePerson(tx, { ...input.body, token }));
    return { ...view, token };
  }

  @Endpoint('POST', 'people/:personId/invitation', renewInvitationSpec)
  async renewInvitation(@Input() input: InputOf<typeof renewInvitationSpec>) {
    const token = newSecret();
    const view = await this.uow.run((tx) => renewInvitation(tx, { ...input.params, token }));
    return { ...view, token };
  }

  @Endpoint('POST', 'invitations/accept', acceptInvitationSpec)
  accept(@Input() input: InputOf<typeof acceptInvitationSpec>) {
    return this.uow.run(async (tx) => ({ state: (await acceptInvitation(tx, input.body)).state }));
  }
}
