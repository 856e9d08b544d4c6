import { PageQuery, pageOf, spec } from '@lacollecte/http';
import { z } from 'zod';
import { ProblemView } from './views.schemas.js';

export const TaskView = z.object({
  id: z.uuid(), siteId: z.uuid(), label: z.string(),
  /** What was to be done; null where the scan did not say it as it should. */
  step: z.string().nullable(),
  problem: ProblemView,
  occurredAt: z.iso.datetime().nullable(), by: z.string(), createdAt: z.iso.datetime(),
});

export const listTasksSpec = spec({
  summary: 'Scans that were made with no network and refused when they arrived: what a site has to look at, oldest first',
  roles: ['operator', 'coordinator', 'ops', 'admin'], params: z.object({ siteId: z.uuid() }), query: PageQuery, returns: pageOf(TaskView),
});
export const endTaskSpec = spec({ summary: 'A task has been looked at', roles: ['operator', 'coordinator', 'admin'], params: z.object({ taskId: z.uuid() }), status: 204 });
