import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { flow } from '../queries/flow.js';
import { search } from '../queries/search.js';
import { stages } from '../queries/stages.js';
import { deviceTimeline, lotTimeline, showEvent, trace } from '../queries/timelines.js';
import { deviceTimelineSpec, eventSpec, flowSpec, lotTimelineSpec, searchSpec, stagesSpec, traceSpec } from './traceability.schemas.js';

/** For staff: the history of everything. */
@Controller()
export class HistoryController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', 'devices/:deviceId/timeline', deviceTimelineSpec)
  device(@Input() { params }: InputOf<typeof deviceTimelineSpec>) {
    return this.uow.run((tx) => deviceTimeline(tx, params.deviceId));
  }

  @Endpoint('GET', 'lots/:lotId/timeline', lotTimelineSpec)
  lot(@Input() { params, query }: InputOf<typeof lotTimelineSpec>) {
    return this.uow.run((tx) => lotTimeline(tx, params.lotId, query));
  }

  @Endpoint('GET', 'search', searchSpec)
  search(@Input() { query }: InputOf<typeof searchSpec>) {
    return this.uow.run((tx) => search(tx, query.q));
  }

  @Endpoint('GET', 'stages', stagesSpec)
  stages(@Input() { query }: InputOf<typeof stagesSpec>) {
    return this.uow.run((tx) => stages(tx, query.siteId));
  }

  @Endpoint('GET', 'flow', flowSpec)
  flow(@Input() { query }: InputOf<typeof flowSpec>) {
    return this.uow.run((tx) => flow(tx, query));
  }

  @Endpoint('GET', 'trace/:correlationId', traceSpec)
  trace(@Input() { params }: InputOf<typeof traceSpec>) {
    return this.uow.run((tx) => trace(tx, params.correlationId));
  }

  @Endpoint('GET', 'events/:eventId', eventSpec)
  event(@Input() { params }: InputOf<typeof eventSpec>) {
    return this.uow.run((tx) => showEvent(tx, params.eventId));
  }
}
