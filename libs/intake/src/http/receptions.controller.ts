import type { Statement, Tx } from '@lacollecte/database';
import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { closeReception, endReception, openReception, tickPackages } from '../commands/change-reception.js';
import { issueLabels } from '../commands/issue-labels.js';
import { receiveDevice } from '../commands/receive-device.js';
import { receiveDevices } from '../commands/receive-devices.js';
import { countAccessories, refuseDevice } from '../commands/refuse-device.js';
import { lockingLot } from '../persistence/lot.repository.js';
import { holdingReception, lockingReception } from '../persistence/reception.repository.js';
import { showLot } from '../queries/lots.js';
import { listReceptions, showReception } from '../queries/receptions.js';
import { listAccessories, listRolls, showRoll } from '../queries/site-supplies.js';
import {
  closeReceptionSpec, countAccessoriesSpec, endReceptionSpec, getReceptionSpec, getRollSpec, issueLabelsSpec, listAccessoriesSpec, listReceptionsSpec, listRollsSpec, openReceptionSpec, refuseDeviceSpec,
  scanDeviceSpec, scanDevicesSpec, tickPackagesSpec,
} from './receptions.schemas.js';

@Controller()
export class ReceptionsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('POST', 'label-rolls', issueLabelsSpec)
  issueLabels(@Input() { body }: InputOf<typeof issueLabelsSpec>) {
    return this.uow.run((tx) => issueLabels(tx, body));
  }

  @Endpoint('GET', 'label-rolls', listRollsSpec)
  rolls(@Input() { query }: InputOf<typeof listRollsSpec>) {
    return this.uow.run((tx) => listRolls(tx, query));
  }

  @Endpoint('GET', 'label-rolls/:rollId', getRollSpec)
  roll(@Input() { params }: InputOf<typeof getRollSpec>) {
    return this.uow.run((tx) => showRoll(tx, params.rollId));
  }

  @Endpoint('GET', 'accessories', listAccessoriesSpec)
  accessories(@Input() { query }: InputOf<typeof listAccessoriesSpec>) {
    return this.uow.run((tx) => listAccessories(tx, query.siteId ?? null));
  }

  @Endpoint('POST', 'lots/:lotId/receptions', openReceptionSpec)
  open(@Input() { params, body }: InputOf<typeof openReceptionSpec>) {
    return this.uow.run(async (tx) => showReception(tx, await openReception(tx, { ...params, ...body })), lockingLot(params.lotId));
  }

  @Endpoint('GET', 'lots/:lotId/receptions', listReceptionsSpec)
  list(@Input() { params }: InputOf<typeof listReceptionsSpec>) {
    return this.uow.run((tx) => listReceptions(tx, params.lotId));
  }

  @Endpoint('GET', 'receptions/:receptionId', getReceptionSpec)
  get(@Input() { params }: InputOf<typeof getReceptionSpec>) {
    return this.uow.run((tx) => showReception(tx, params.receptionId));
  }

  @Endpoint('POST', 'receptions/:receptionId/packages', tickPackagesSpec)
  tick(@Input() { params, body }: InputOf<typeof tickPackagesSpec>) {
    return this.#change(holdingReception(params.receptionId), params.receptionId, (tx) => tickPackages(tx, { ...params, ...body }));
  }

  @Endpoint('POST', 'receptions/:receptionId/devices', scanDeviceSpec)
  scan(@Input() { params, body }: InputOf<typeof scanDeviceSpec>) {
    return this.uow.run((tx) => receiveDevice(tx, { ...params, ...body }), holdingReception(params.receptionId));
  }

  @Endpoint('POST', 'receptions/:receptionId/scans', scanDevicesSpec)
  scanList(@Input() { params, body }: InputOf<typeof scanDevicesSpec>) {
    return this.uow.run(async (tx) => ({ results: await receiveDevices(tx, { ...params, ...body }) }), holdingReception(params.receptionId));
  }

  @Endpoint('POST', 'receptions/:receptionId/refusals', refuseDeviceSpec)
  refuse(@Input() { params, body }: InputOf<typeof refuseDeviceSpec>) {
    return this.uow.run((tx) => refuseDevice(tx, { ...params, ...body }), holdingReception(params.receptionId));
  }

  @Endpoint('POST', 'receptions/:receptionId/accessories', countAccessoriesSpec)
  count(@Input() { params, body }: InputOf<typeof countAccessoriesSpec>) {
    return this.uow.run((tx) => countAccessories(tx, { ...params, ...body }), holdingReception(params.receptionId));
  }

  @Endpoint('POST', 'receptions/:receptionId/end', closeReceptionSpec)
  close(@Input() { params, body, version }: InputOf<typeof closeReceptionSpec>) {
    return this.#change(lockingReception(params.receptionId), params.receptionId, (tx) => closeReception(tx, { ...params, ...body, version }));
  }

  @Endpoint('POST', 'lots/:lotId/reception-end', endReceptionSpec)
  end(@Input() { params, version }: InputOf<typeof endReceptionSpec>) {
    return this.uow.run(async (tx) => {
      await endReception(tx, { ...params, version });
      return showLot(tx, params.lotId);
    }, lockingLot(params.lotId));
  }

  #change(ahead: Statement, receptionId: string, change: (tx: Tx) => Promise<void>) {
    return this.uow.run(async (tx) => {
      await change(tx);
      return showReception(tx, receptionId);
    }, ahead);
  }
}
