import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { ownFigures } from '../queries/own-figures.js';
import { lotProgress, ownDeviceTimeline } from '../queries/timelines.js';
import { ownDeviceTimelineSpec, ownFiguresSpec, ownProgressSpec } from './traceability.schemas.js';

/** What donors see: rows of their own, by the policies of `device` and `lot`, from which all else is joined. */
@Controller()
export class OwnController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', 'own-devices/:deviceId/timeline', ownDeviceTimelineSpec)
  device(@Input() { params }: InputOf<typeof ownDeviceTimelineSpec>) {
    return this.uow.run((tx) => ownDeviceTimeline(tx, params.deviceId));
  }

  @Endpoint('GET', 'own-lots/:lotId/progress', ownProgressSpec)
  lot(@Input() { params: { lotId } }: InputOf<typeof ownProgressSpec>) {
    return this.uow.run(async (tx) => ({ ...(await lotProgress(tx, lotId)), figures: await ownFigures(tx, lotId) }));
  }

  @Endpoint('GET', 'own-figures', ownFiguresSpec)
  figures() {
    return this.uow.run((tx) => ownFigures(tx, null));
  }
}
