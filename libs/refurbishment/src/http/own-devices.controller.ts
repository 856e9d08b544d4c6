import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { answerBlock } from '../commands/answer-block.js';
import { lockingDevice } from '../persistence/device.repository.js';
import { ownDevice, ownDevices } from '../queries/own-devices.js';
import { answerSpec, ownDeviceSpec, ownDevicesSpec } from './devices.schemas.js';

/** For donors: their own devices, and no more than they should see of them. */
@Controller('own-devices')
export class OwnDevicesController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', '', ownDevicesSpec)
  list(@Input() { query }: InputOf<typeof ownDevicesSpec>) {
    return this.uow.run((tx) => ownDevices(tx, query));
  }

  @Endpoint('GET', ':deviceId', ownDeviceSpec)
  get(@Input() { params }: InputOf<typeof ownDeviceSpec>) {
    return this.uow.run((tx) => ownDevice(tx, params.deviceId));
  }

  @Endpoint('POST', ':deviceId/answer', answerSpec)
  answer(@Input() { params, body }: InputOf<typeof answerSpec>) {
    return this.uow.run(async (tx) => {
      await answerBlock(tx, { ...params, ...body });
      return ownDevice(tx, params.deviceId);
    }, lockingDevice(params.deviceId));
  }
}
