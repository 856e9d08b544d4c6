import { DomainError } from '@lacollecte/contracts';
import { Endpoint, Input, type InputOf, spec } from '@lacollecte/http';
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

const retrySpec = spec({
  summary: 'Run a job now that has failed and is put off; one that was given up stays so',
  roles: ['ops', 'admin'],
  idempotent: false,
  status: 204,
  params: z.object({ jobId: z.uuid() }),
});
/** The sweep hands it over again at once, unless it runs just now. */
const RETRY = `with job as (update job set due_at = now(), enqueued_at = coalesce(enqueued_at, now()) - interval '1 minute' where id = $1 and done_at is null and error is not null returning id)
  insert into audit (id, actor, action, target) select gen_random_uuid(), $2, 'retry-job', id::text from job`;

@Controller('jobs')
export class JobsController {
  constructor(private readonly uow: UnitOfWork) {}

  @Endpoint('GET', 'failed', listSpec)
  failed() {
    return this.uow.run((tx) => tx.query(LIST));
  }

  @Endpoint('POST', ':jobId/retry', retrySpec)
  async retry(@Input() { params, actor }: InputOf<typeof retrySpec>): Promise<void> {
    if ((await this.uow.run((tx) => tx.execute(RETRY, [params.jobId, actor.subject]))) === 0) throw new DomainError('job-not-put-off');
  }
}
