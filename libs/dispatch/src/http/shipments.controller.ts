import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { cancelShipment } from '../commands/cancel-shipment.js';
import { changeCarriage } from '../commands/change-carriage.js';
import { reportMissing } from '../commands/report-missing.js';
import { startPicking } from '../commands/start-picking.js';
import { takeOut } from '../commands/take-out.js';
import { lockingShipment } from '../persistence/shipment.repository.js';
import { getPickList, getShipment } from '../queries/get-shipment.js';
import { listShipments } from '../queries/list-shipments.js';
import {
  cancelShipmentSpec, changeCarriageSpec, getPickListSpec, getShipmentSpec, listShipmentsSpec, reportMissingSpec, startPickingSpec, takeOutSpec,
} from './dispatch.schemas.js';

@Controller('shipments')
export class ShipmentsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', '', listShipmentsSpec)
  list(@Input() input: InputOf<typeof listShipmentsSpec>) {
    return this.uow.run((tx) => listShipments(tx, input.query));
  }

  @Endpoint('GET', ':shipmentId', getShipmentSpec)
  get(@Input() input: InputOf<typeof getShipmentSpec>) {
    return this.uow.run((tx) => getShipment(tx, input.params.shipmentId));
  }

  @Endpoint('PATCH', ':shipmentId', changeCarriageSpec)
  change(@Input() input: InputOf<typeof changeCarriageSpec>) {
    return this.uow.run((tx) => changeCarriage(tx, { ...input.params, ...input.body, version: input.version }), lockingShipment(input.params.shipmentId));
  }

  @Endpoint('GET', ':shipmentId/pick-list', getPickListSpec)
  pickList(@Input() input: InputOf<typeof getPickListSpec>) {
    return this.uow.run((tx) => getPickList(tx, input.params.shipmentId));
  }

  @Endpoint('POST', ':shipmentId/picking', startPickingSpec)
  startPicking(@Input() input: InputOf<typeof startPickingSpec>) {
    return this.uow.run((tx) => startPicking(tx, input.params), lockingShipment(input.params.shipmentId));
  }

  @Endpoint('POST', ':shipmentId/missing', reportMissingSpec)
  reportMissing(@Input() input: InputOf<typeof reportMissingSpec>) {
    return this.uow.run((tx) => reportMissing(tx, { ...input.params, ...input.body }), lockingShipment(input.params.shipmentId));
  }

  @Endpoint('POST', ':shipmentId/put-backs', takeOutSpec)
  takeOut(@Input() input: InputOf<typeof takeOutSpec>) {
    return this.uow.run((tx) => takeOut(tx, { ...input.params, ...input.body }), lockingShipment(input.params.shipmentId));
  }

  @Endpoint('POST', ':shipmentId/cancellation', cancelShipmentSpec)
  cancel(@Input() input: InputOf<typeof cancelShipmentSpec>) {
    return this.uow.run((tx) => cancelShipment(tx, { ...input.params, ...input.body }), lockingShipment(input.params.shipmentId));
  }
}
