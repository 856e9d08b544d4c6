import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { cancelNeed } from '../commands/cancel-need.js';
import { approveNeed, declineNeed } from '../commands/decide-need.js';
import { reconfirmNeed } from '../commands/reconfirm-need.js';
import { stateNeed } from '../commands/state-need.js';
import { LOCKING_LEDGER } from '../persistence/ledger.js';
import { readAvailability } from '../queries/availability.js';
import { listExplanations } from '../queries/view-explanation.js';
import { listNeeds, readInbox, viewNeed } from '../queries/view-need.js';
import {
  approveNeedSpec, availabilitySpec, cancelNeedSpec, declineNeedSpec, getNeedSpec, inboxSpec, listLineExplanationsSpec, listNeedsSpec, reconfirmNeedSpec, stateNeedSpec,
} from './matching.schemas.js';

@Controller()
export class NeedsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('POST', 'needs', stateNeedSpec)
  state(@Input() input: InputOf<typeof stateNeedSpec>) {
    return this.uow.run((tx) => stateNeed(tx, input.body));
  }

  @Endpoint('GET', 'needs', listNeedsSpec)
  list(@Input() input: InputOf<typeof listNeedsSpec>) {
    return this.uow.run((tx) => listNeeds(tx, input.query));
  }

  @Endpoint('GET', 'inbox', inboxSpec)
  inbox() {
    return this.uow.run(readInbox);
  }

  @Endpoint('GET', 'needs/:needId', getNeedSpec)
  get(@Input() input: InputOf<typeof getNeedSpec>) {
    return this.uow.run((tx) => viewNeed(tx, input.params.needId));
  }

  @Endpoint('POST', 'needs/:needId/approval', approveNeedSpec)
  approve(@Input() input: InputOf<typeof approveNeedSpec>) {
    return this.uow.run((tx) => approveNeed(tx, { ...input.params, version: input.version, ...input.body }), LOCKING_LEDGER);
  }

  @Endpoint('POST', 'needs/:needId/refusal', declineNeedSpec)
  decline(@Input() input: InputOf<typeof declineNeedSpec>) {
    return this.uow.run((tx) => declineNeed(tx, { ...input.params, version: input.version, ...input.body }), LOCKING_LEDGER);
  }

  @Endpoint('POST', 'needs/:needId/cancellation', cancelNeedSpec)
  cancel(@Input() input: InputOf<typeof cancelNeedSpec>) {
    return this.uow.run((tx) => cancelNeed(tx, { ...input.params, version: input.version }), LOCKING_LEDGER);
  }

  @Endpoint('POST', 'needs/:needId/reconfirmation', reconfirmNeedSpec)
  reconfirm(@Input() input: InputOf<typeof reconfirmNeedSpec>) {
    return this.uow.run((tx) => reconfirmNeed(tx, { ...input.params, version: input.version }), LOCKING_LEDGER);
  }

  @Endpoint('GET', 'lines/:lineId/explanations', listLineExplanationsSpec)
  explanations(@Input() input: InputOf<typeof listLineExplanationsSpec>) {
    return this.uow.run((tx) => listExplanations(tx, { ...input.query, ...input.params }));
  }

  @Endpoint('GET', 'availability', availabilitySpec)
  availability(@Input() input: InputOf<typeof availabilitySpec>) {
    return this.uow.run((tx) => readAvailability(tx, input.query.category));
  }
}
