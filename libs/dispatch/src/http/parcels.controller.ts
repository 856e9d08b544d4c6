import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { deliverParcel } from '../commands/deliver-parcel.js';
import { failParcel, handOverParcel, retryParcel } from '../commands/hand-over-parcel.js';
import { openParcel } from '../commands/open-parcel.js';
import { packDevice, packDevices } from '../commands/pack-devices.js';
import { returnParcel } from '../commands/return-parcel.js';
import { reopenParcel, sealParcel } from '../commands/seal-parcel.js';
import { lockingShipment } from '../persistence/shipment.repository.js';
import {
  deliverSpec, failSpec, handOverSpec, openParcelSpec, packDeviceSpec, packDevicesSpec, reopenParcelSpec, retrySpec, returnSpec, sealParcelSpec,
} from './dispatch.schemas.js';

@Controller('shipments/:shipmentId/parcels')
export class ParcelsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('POST', '', openParcelSpec)
  open(@Input() input: InputOf<typeof openParcelSpec>) {
    return this.uow.run((tx) => openParcel(tx, input.params), lockingShipment(input.params.shipmentId));
  }

  @Endpoint('POST', ':parcelId/scans', packDeviceSpec)
  pack(@Input() input: InputOf<typeof packDeviceSpec>) {
    return this.uow.run((tx) => packDevice(tx, { ...input.params, ...input.body }), lockingShipment(input.params.shipmentId));
  }

  @Endpoint('POST', ':parcelId/bulk-scans', packDevicesSpec)
  packAll(@Input() input: InputOf<typeof packDevicesSpec>) {
    return this.uow.run(async (tx) => ({ results: await packDevices(tx, { ...input.params, ...input.body }) }), lockingShipment(input.params.shipmentId));
  }

  @Endpoint('POST', ':parcelId/seal', sealParcelSpec)
  seal(@Input() input: InputOf<typeof sealParcelSpec>) {
    return this.uow.run((tx) => sealParcel(tx, { ...input.params, ...input.body }), lockingShipment(input.params.shipmentId));
  }

  @Endpoint('POST', ':parcelId/reopening', reopenParcelSpec)
  reopen(@Input() input: InputOf<typeof reopenParcelSpec>) {
    return this.uow.run((tx) => reopenParcel(tx, input.params), lockingShipment(input.params.shipmentId));
  }

  @Endpoint('POST', ':parcelId/hand-over', handOverSpec)
  handOver(@Input() input: InputOf<typeof handOverSpec>) {
    return this.uow.run((tx) => handOverParcel(tx, { ...input.params, ...input.body }), lockingShipment(input.params.shipmentId));
  }

  @Endpoint('POST', ':parcelId/delivery', deliverSpec)
  deliver(@Input() input: InputOf<typeof deliverSpec>) {
    return this.uow.run((tx) => deliverParcel(tx, { ...input.params, ...input.body }), lockingShipment(input.params.shipmentId));
  }

  @Endpoint('POST', ':parcelId/failure', failSpec)
  fail(@Input() input: InputOf<typeof failSpec>) {
    return this.uow.run((tx) => failParcel(tx, { ...input.params, ...input.body }), lockingShipment(input.params.shipmentId));
  }

  @Endpoint('POST', ':parcelId/retry', retrySpec)
  retry(@Input() input: InputOf<typeof retrySpec>) {
    return this.uow.run((tx) => retryParcel(tx, { ...input.params, ...input.body }), lockingShipment(input.params.shipmentId));
  }

  @Endpoint('POST', ':parcelId/return', returnSpec)
  return(@Input() input: InputOf<typeof returnSpec>) {
    return this.uow.run((tx) => returnParcel(tx, { ...input.params, ...input.body }), lockingShipment(input.params.shipmentId));
  }
}
