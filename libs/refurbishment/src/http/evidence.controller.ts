import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { contestEvidence } from '../commands/contest-evidence.js';
import { matchByHand } from '../commands/match-evidence.js';
import { reportEvidence } from '../commands/report-evidence.js';
import { lockingDevice } from '../persistence/device.repository.js';
import { lockingEvidence } from '../persistence/evidence.repository.js';
import { waitingEvidence } from '../queries/evidence.js';
import { deviceView } from '../queries/views.js';
import { contestSpec, matchSpec, reportSpec, waitingSpec } from './evidence.schemas.js';

@Controller('evidence')
export class EvidenceController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', '', waitingSpec)
  waiting(@Input() { query }: InputOf<typeof waitingSpec>) {
    return this.uow.run((tx) => waitingEvidence(tx, query));
  }

  @Endpoint('POST', '', reportSpec)
  report(@Input() { body }: InputOf<typeof reportSpec>) {
    return this.uow.run((tx) => reportEvidence(tx, body.evidence));
  }

  @Endpoint('POST', ':evidenceId/match', matchSpec)
  match(@Input() { params, body }: InputOf<typeof matchSpec>) {
    return this.uow.run(async (tx) => deviceView(await matchByHand(tx, { ...params, ...body })), lockingDevice(body.deviceId));
  }

  @Endpoint('POST', ':evidenceId/contest', contestSpec)
  contest(@Input() { params, body }: InputOf<typeof contestSpec>) {
    return this.uow.run(async (tx) => ({ devices: (await contestEvidence(tx, { ...params, ...body })).map(deviceView) }), lockingEvidence(params.evidenceId));
  }
}
