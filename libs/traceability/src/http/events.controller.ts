import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { search, showEvent } from '../queries/events.js';
import { trace } from '../queries/timelines.js';
import { eventSpec, searchSpec, traceSpec } from './traceability.schemas.js';

@Controller()
export class EventsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', 'search', searchSpec)
  search(@Input() { query }: InputOf<typeof searchSpec>) {
    return this.uow.run((tx) => search(tx, query.q));
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
