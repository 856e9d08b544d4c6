import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { acceptAllocation, refuseAllocation } from '../commands/answer-allocation.js';
import { LOCKING_LEDGER } from '../persistence/ledger.js';
import { listAllocations, viewAllocation } from '../queries/view-allocation.js';
import { acceptAllocationSpec, getAllocationSpec, listAllocationsSpec, refuseAllocationSpec } from './matching.schemas.js';

@Controller('allocations')
export class AllocationsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', '', listAllocationsSpec)
  list(@Input() input: InputOf<typeof listAllocationsSpec>) {
    return this.uow.run((tx) => listAllocations(tx, input.query));
  }

  @Endpoint('GET', ':allocationId', getAllocationSpec)
  get(@Input() input: InputOf<typeof getAllocationSpec>) {
    return this.uow.run((tx) => viewAllocation(tx, input.params.allocationId));
  }

  @Endpoint('POST', ':allocationId/acceptance', acceptAllocationSpec)
  accept(@Input() input: InputOf<typeof acceptAllocationSpec>) {
    return this.uow.run((tx) => acceptAllocation(tx, { ...input.params, version: input.version, ...input.body }), LOCKING_LEDGER);
  }

  @Endpoint('POST', ':allocationId/refusal', refuseAllocationSpec)
  refuse(@Input() input: InputOf<typeof refuseAllocationSpec>) {
    return this.uow.run((tx) => refuseAllocation(tx, { ...input.params, version: input.version, ...input.body }), LOCKING_LEDGER);
  }
}
