import type { Tx } from '@lacollecte/database';
import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { acceptLot, cancelLot, declineLot, submitLot } from '../commands/advance-lot.js';
import { addLines, changeLine, removeLines } from '../commands/edit-lines.js';
import { describeLot, openLot } from '../commands/open-lot.js';
import { lockingLot } from '../persistence/lot.repository.js';
import { listDevices, listLines, listLots, listRefusedDevices, showLot } from '../queries/lots.js';
import { suggestSites } from '../queries/suggest-sites.js';
import {
  acceptLotSpec, addLinesSpec, cancelLotSpec, changeLineSpec, declineLotSpec, describeLotSpec, getLotSpec, listDevicesSpec, listLinesSpec, listLotsSpec, listRefusedDevicesSpec,
  openLotSpec, removeLinesSpec, submitLotSpec, suggestSiteSpec,
} from './lots.schemas.js';

@Controller('lots')
export class LotsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('POST', '', openLotSpec)
  open(@Input() { body }: InputOf<typeof openLotSpec>) {
    return this.uow.run(async (tx) => showLot(tx, await openLot(tx, body)));
  }

  @Endpoint('GET', '', listLotsSpec)
  list(@Input() { query }: InputOf<typeof listLotsSpec>) {
    return this.uow.run((tx) => listLots(tx, query));
  }

  @Endpoint('GET', ':lotId', getLotSpec)
  get(@Input() { params }: InputOf<typeof getLotSpec>) {
    return this.uow.run((tx) => showLot(tx, params.lotId));
  }

  @Endpoint('GET', ':lotId/lines', listLinesSpec)
  lines(@Input() { params, query }: InputOf<typeof listLinesSpec>) {
    return this.uow.run((tx) => listLines(tx, params.lotId, query));
  }

  @Endpoint('GET', ':lotId/devices', listDevicesSpec)
  devices(@Input() { params, query }: InputOf<typeof listDevicesSpec>) {
    return this.uow.run((tx) => listDevices(tx, params.lotId, query));
  }

  @Endpoint('GET', ':lotId/dock-refusals', listRefusedDevicesSpec)
  refusedDevices(@Input() { params, query }: InputOf<typeof listRefusedDevicesSpec>) {
    return this.uow.run((tx) => listRefusedDevices(tx, params.lotId, query));
  }

  @Endpoint('PATCH', ':lotId', describeLotSpec)
  describe(@Input() { params, body, version }: InputOf<typeof describeLotSpec>) {
    return this.#change(params.lotId, (tx) => describeLot(tx, { ...params, ...body, version }));
  }

  @Endpoint('POST', ':lotId/lines', addLinesSpec)
  addLines(@Input() { params, body, version }: InputOf<typeof addLinesSpec>) {
    return this.#change(params.lotId, (tx) => addLines(tx, { ...params, ...body, version }));
  }

  @Endpoint('PUT', ':lotId/lines/:lineId', changeLineSpec)
  changeLine(@Input() { params, body, version }: InputOf<typeof changeLineSpec>) {
    return this.#change(params.lotId, (tx) => changeLine(tx, { ...params, line: body, version }));
  }

  @Endpoint('POST', ':lotId/lines/removal', removeLinesSpec)
  removeLines(@Input() { params, body, version }: InputOf<typeof removeLinesSpec>) {
    return this.#change(params.lotId, (tx) => removeLines(tx, { ...params, ...body, version }));
  }

  @Endpoint('POST', ':lotId/submission', submitLotSpec)
  submit(@Input() { params, version }: InputOf<typeof submitLotSpec>) {
    return this.#change(params.lotId, (tx) => submitLot(tx, { ...params, version }));
  }

  @Endpoint('POST', ':lotId/cancellation', cancelLotSpec)
  cancel(@Input() { params, version }: InputOf<typeof cancelLotSpec>) {
    return this.#change(params.lotId, (tx) => cancelLot(tx, { ...params, version }));
  }

  @Endpoint('GET', ':lotId/site-suggestions', suggestSiteSpec)
  suggest(@Input() { params }: InputOf<typeof suggestSiteSpec>) {
    return this.uow.run((tx) => suggestSites(tx, params.lotId));
  }

  @Endpoint('POST', ':lotId/acceptance', acceptLotSpec)
  accept(@Input() { params, body, version }: InputOf<typeof acceptLotSpec>) {
    return this.#change(params.lotId, (tx) => acceptLot(tx, { ...params, ...body, version }));
  }

  @Endpoint('POST', ':lotId/decline', declineLotSpec)
  decline(@Input() { params, body, version }: InputOf<typeof declineLotSpec>) {
    return this.#change(params.lotId, (tx) => declineLot(tx, { ...params, ...body, version }));
  }

  #change(lotId: string, change: (tx: Tx) => Promise<void>) {
    return this.uow.run(async (tx) => {
      await change(tx);
      return showLot(tx, lotId);
    }, lockingLot(lotId));
  }
}
