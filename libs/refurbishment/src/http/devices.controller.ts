import { DomainError } from '@lacollecte/contracts';
import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { stepOf } from '../commands/advance.js';
import { editDevice } from '../commands/edit-device.js';
import { keepAllRefused, mayKeepAt } from '../commands/keep-refused.js';
import { type Answer, takeStep, takeSteps } from '../commands/take-steps.js';
import { problems } from '../problems.js';
import { lockingDevice, scanning } from '../persistence/device.repository.js';
import { deviceSheet } from '../queries/device-sheet.js';
import { listDevices } from '../queries/list-devices.js';
import { bulkAnswer, stepAnswer } from '../queries/views.js';
import { advancesSpec, editSpec, listDevicesSpec, ScanItem, scansSpec, sheetSpec, stepSpec } from './devices.schemas.js';

@Controller('devices')
export class DevicesController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', '', listDevicesSpec)
  list(@Input() { query }: InputOf<typeof listDevicesSpec>) {
    return this.uow.run((tx) => listDevices(tx, query));
  }

  @Endpoint('GET', ':identifier', sheetSpec)
  sheet(@Input() { params }: InputOf<typeof sheetSpec>) {
    return this.uow.run((tx) => deviceSheet(tx, params.identifier));
  }

  @Endpoint('PATCH', ':deviceId', editSpec)
  edit(@Input() { params, body, version }: InputOf<typeof editSpec>) {
    return this.uow.run(async (tx) => {
      const device = await editDevice(tx, { deviceId: params.deviceId, version, change: body });
      return deviceSheet(tx, device.id);
    }, lockingDevice(params.deviceId));
  }

  @Endpoint('POST', ':identifier/steps', stepSpec)
  step(@Input() { params, body }: InputOf<typeof stepSpec>) {
    const { occurredAt, ...input } = body;
    return this.uow.run(async (tx) => stepAnswer(await takeStep(tx, { label: params.identifier, input, occurredAt })), scanning([params.identifier]));
  }
}

@Controller()
export class ScansController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('POST', 'scans', scansSpec)
  scans(@Input() { body }: InputOf<typeof scansSpec>) {
    const { taskSiteId } = body;
    const scans = body.scans.map((scan) => ({ label: scan.label, read: ScanItem.safeParse(scan) }));
    const readable = scans.flatMap(({ read }) => {
      if (!read.success) return [];
      const { label, occurredAt, ...input } = read.data;
      return [{ label, occurredAt, input }];
    });
    return this.uow.run(async (tx) => {
      if (taskSiteId !== null) mayKeepAt(tx, taskSiteId);
      const answers = await takeSteps(tx, readable);
      let next = 0;
      const answer = bulkAnswer(scans.map(({ label, read }): Answer => (read.success ? answers[next++]! : { label, outcome: 'refused', error: malformed(read.error.issues) })), problems);
      return taskSiteId === null ? answer : keepAllRefused(tx, taskSiteId, body.scans, answer);
    }, scanning(readable.map(({ label }) => label)));
  }

  @Endpoint('POST', 'advances', advancesSpec)
  advances(@Input() { body }: InputOf<typeof advancesSpec>) {
    const { labels, occurredAt, content } = body;
    const input = stepOf(content);
    return this.uow.run(async (tx) => bulkAnswer(await takeSteps(tx, labels.map((label) => ({ label, input, check: content.check, occurredAt }))), problems), scanning(labels));
  }
}

function malformed(issues: readonly { path: readonly PropertyKey[]; code: string }[]): DomainError {
  return new DomainError('scan-malformed', {}, issues.map((issue) => ({ pointer: `/${issue.path.map(String).join('/')}`, code: issue.code })));
}
