import { Endpoint, Input, type InputOf } from '@lacollecte/http';
import { UnitOfWork } from '@lacollecte/runtime';
import { Controller } from '@nestjs/common';
import { endTask, mayKeepAt } from '../commands/keep-refused.js';
import { listTasks } from '../queries/tasks.js';
import { endTaskSpec, listTasksSpec } from './tasks.schemas.js';

@Controller()
export class TasksController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', 'sites/:siteId/tasks', listTasksSpec)
  list(@Input() { params, query }: InputOf<typeof listTasksSpec>) {
    return this.uow.run((tx) => {
      mayKeepAt(tx, params.siteId);
      return listTasks(tx, { ...params, ...query });
    });
  }

  @Endpoint('POST', 'tasks/:taskId/end', endTaskSpec)
  end(@Input() { params }: InputOf<typeof endTaskSpec>) {
    return this.uow.run((tx) => endTask(tx, params.taskId));
  }
}
