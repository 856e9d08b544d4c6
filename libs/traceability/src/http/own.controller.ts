import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { ownFigures, ownProgress, ownStandings, ownTimeline } from '../queries/own.js';
import { ownFiguresSpec, ownProgressSpec, ownStandingsSpec, ownTimelineSpec } from './traceability.schemas.js';

/** For donors: what became of what they gave, and never who has it. */
@Controller()
export class OwnController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', 'own-devices/:deviceId/timeline', ownTimelineSpec)
  device(@Input() { params }: InputOf<typeof ownTimelineSpec>) {
    return this.uow.run((tx) => ownTimeline(tx, params.deviceId));
  }

  @Endpoint('GET', 'own-lots/:lotId/progress', ownProgressSpec)
  lot(@Input() { params }: InputOf<typeof ownProgressSpec>) {
    return this.uow.run((tx) => ownProgress(tx, params.lotId));
  }

  @Endpoint('GET', 'own-lots', ownStandingsSpec)
  lots(@Input() { query }: InputOf<typeof ownStandingsSpec>) {
    return this.uow.run((tx) => ownStandings(tx, query.lotIds?.split(',')));
  }

  @Endpoint('GET', 'own-figures', ownFiguresSpec)
  figures(@Input() { query }: InputOf<typeof ownFiguresSpec>) {
    return this.uow.run((tx) => ownFigures(tx, query.lotId));
  }
}
