import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { findDevice, receiveReturn } from '../commands/receive-return.js';
import { reportBroken } from '../commands/report-broken.js';
import { lockingShipment } from '../persistence/shipment.repository.js';
import { getReturn, listReturns } from '../queries/list-returns.js';
import { findDeviceSpec, getReturnSpec, listReturnsSpec, receiveReturnSpec, reportBrokenSpec } from './dispatch.schemas.js';

@Controller('returns')
export class ReturnsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', '', listReturnsSpec)
  list(@Input() input: InputOf<typeof listReturnsSpec>) {
    return this.uow.run((tx) => listReturns(tx, input.query));
  }

  @Endpoint('POST', '', reportBrokenSpec)
  report(@Input() input: InputOf<typeof reportBrokenSpec>) {
    return this.uow.run((tx) => reportBroken(tx, input.body));
  }

  @Endpoint('GET', ':returnId', getReturnSpec)
  get(@Input() input: InputOf<typeof getReturnSpec>) {
    return this.uow.run((tx) => getReturn(tx, input.params.returnId));
  }

  @Endpoint('POST', ':returnId/receipt', receiveReturnSpec)
  receive(@Input() input: InputOf<typeof receiveReturnSpec>) {
    return this.uow.run((tx) => receiveReturn(tx, { ...input.params, ...input.body }), lockingShipment(input.params.returnId, 'return'));
  }

  @Endpoint('POST', ':returnId/found', findDeviceSpec)
  found(@Input() input: InputOf<typeof findDeviceSpec>) {
    return this.uow.run((tx) => findDevice(tx, { ...input.params, ...input.body }), lockingShipment(input.params.returnId, 'return'));
  }
}
