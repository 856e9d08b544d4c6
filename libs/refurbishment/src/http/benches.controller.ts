import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { counts } from '../queries/counts.js';
import { benchQueue } from '../queries/list-devices.js';
import { benchSpec, countsSpec } from './devices.schemas.js';

@Controller()
export class BenchesController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', 'counts', countsSpec)
  counts(@Input() { query }: InputOf<typeof countsSpec>) {
    return this.uow.run((tx) => counts(tx, query.siteId));
  }

  @Endpoint('GET', 'sites/:siteId/benches/:bench', benchSpec)
  bench(@Input() { params, query }: InputOf<typeof benchSpec>) {
    return this.uow.run((tx) => benchQueue(tx, { ...params, ...query }));
  }
}
