import { Endpoint, spec } from '@lacollecte/http';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { UnitOfWork } from '../unit-of-work.js';

const FailedJobView = z.object({
  id: z.uuid(),
  queue: z.string(),
  data: z.unknown(),
  error: z.string(),
  /** Failures by its own doing. */
  failures: z.int(),
  /** When it runs again; null where it was given up, and what waited for it told so. */
  dueAt: z.iso.datetime().nullable(),
  givenUpAt: z.iso.datetime().nullable(),
});
const listSpec = spec({ summary: 'Jobs whose last run failed: those that run again, then those that were given up, newest first (200 at most)', roles: ['ops', 'admin'], returns: z.array(FailedJobView) });

const LIST = `select id, queue, data, error, attempt as failures, case when done_at is null then due_at end as "dueAt", done_at as "givenUpAt"
  from job where error is not null order by done_at desc nulls first, created_at desc limit 200`;

@Controller('jobs')
export class JobsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', 'failed', listSpec)
  failed() {
    return this.uow.run((tx) => tx.query(LIST));
  }
}
