import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { endPickup, schedulePickup } from '../commands/change-pickup.js';
import { lockingLot } from '../persistence/lot.repository.js';
import { listPickups, showPickup } from '../queries/pickups.js';
import { endTask, listTasks } from '../queries/tasks.js';
import { endPickupSpec, endTaskSpec, listPickupsSpec, listTasksSpec, schedulePickupSpec } from './lots.schemas.js';

@Controller()
export class PickupsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', 'lots/:lotId/pickups', listPickupsSpec)
  list(@Input() { params }: InputOf<typeof listPickupsSpec>) {
    return this.uow.run((tx) => listPickups(tx, params.lotId));
  }

  @Endpoint('POST', 'lots/:lotId/pickups', schedulePickupSpec)
  schedule(@Input() { params, body }: InputOf<typeof schedulePickupSpec>) {
    return this.uow.run(async (tx) => showPickup(tx, await schedulePickup(tx, { ...params, ...body })), lockingLot(params.lotId));
  }

  @Endpoint('POST', 'pickups/:pickupId/end', endPickupSpec)
  end(@Input() { params, body, version }: InputOf<typeof endPickupSpec>) {
    return this.uow.run(async (tx) => {
      await endPickup(tx, { ...params, done: body.done, reason: body.done ? null : body.reason, version });
      return showPickup(tx, params.pickupId);
    }, lockingLot(params.pickupId, 'pickup'));
  }
}

@Controller('tasks')
export class TasksController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', '', listTasksSpec)
  list(@Input() { query }: InputOf<typeof listTasksSpec>) {
    return this.uow.run((tx) => listTasks(tx, query));
  }

  @Endpoint('POST', ':taskId/end', endTaskSpec)
  end(@Input() { params }: InputOf<typeof endTaskSpec>) {
    return this.uow.run((tx) => endTask(tx, params.taskId));
  }
}
