import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { flow, stages } from '../queries/stages.js';
import { flowSpec, stagesSpec } from './traceability.schemas.js';

const MONTH_MS = 30 * 24 * 3_600_000;

@Controller()
export class StagesController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', 'stages', stagesSpec)
  stages(@Input() { query }: InputOf<typeof stagesSpec>) {
    return this.uow.run((tx) => stages(tx, query.siteId ?? null));
  }

  @Endpoint('GET', 'flow', flowSpec)
  flow(@Input() { query }: InputOf<typeof flowSpec>) {
    return this.uow.run((tx) => {
      // What happens in this very moment is a part of it.
      const to = query.to ? new Date(query.to) : new Date(tx.now.getTime() + 1);
      const from = query.from ? new Date(query.from) : new Date(to.getTime() - MONTH_MS);
      return flow(tx, { from, to, bucket: query.bucket });
    });
  }
}
