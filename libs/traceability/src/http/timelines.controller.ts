import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { deviceTimeline, lotTimeline } from '../queries/timelines.js';
import { deviceTimelineSpec, lotTimelineSpec } from './traceability.schemas.js';

@Controller()
export class TimelinesController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', 'devices/:deviceId/timeline', deviceTimelineSpec)
  device(@Input() { params }: InputOf<typeof deviceTimelineSpec>) {
    return this.uow.run((tx) => deviceTimeline(tx, params.deviceId));
  }

  @Endpoint('GET', 'lots/:lotId/timeline', lotTimelineSpec)
  lot(@Input() { params }: InputOf<typeof lotTimelineSpec>) {
    return this.uow.run((tx) => lotTimeline(tx, params.lotId));
  }
}
