import { directory, intake, matching } from '../../api/clients.js';
import type { paths as DirectoryPaths } from '../../api/generated/directory.js';
import type { components as Intake, paths as IntakePaths } from '../../api/generated/intake.js';
import type { components as Matching } from '../../api/generated/matching.js';
import { useNow } from '../../parts/use-now.js';

export type Lot = Intake['schemas']['Lots.accept'];
export type Need = Matching['schemas']['Needs.inbox'];
export type Organisation = DirectoryPaths['/api/directory/organisations']['get']['responses'][200]['content']['application/json']['items'][number];
export type Task = IntakePaths['/api/intake/tasks']['get']['responses'][200]['content']['application/json']['items'][number];

interface Waiting {
  readonly key: string;
  /** ISO 8601. */
  readonly since: string;
  /** By when it is to be decided, where there is a time. */
  readonly due: string | null;
  readonly overdue: boolean;
}

/** One thing that waits for a coordinator. */
export type Entry = Waiting & (
  | { readonly kind: 'lot'; readonly lot: Lot }
  | { readonly kind: 'need'; readonly need: Need }
  | { readonly kind: 'organisation'; readonly organisation: Organisation }
  | { readonly kind: 'task'; readonly task: Task }
);

const AT_ONCE = 100;
const EVERY_MS = 15_000;
const often = { refetchInterval: EVERY_MS };

/** All that waits: what is overdue first, then by its deadline, then by its age. */
export function useInboxEntries() {
  const now = useNow().toISOString();
  const lots = intake.useQuery('get', '/api/intake/lots', { params: { query: { state: 'submitted', limit: AT_ONCE } } }, often);
  const needs = matching.useQuery('get', '/api/matching/inbox', {}, often);
  const organisations = directory.useQuery('get', '/api/directory/organisations', { params: { query: { state: 'pending', limit: AT_ONCE } } }, often);
  const tasks = intake.useQuery('get', '/api/intake/tasks', { params: { query: { limit: AT_ONCE } } }, often);
  const all = [lots, needs, organisations, tasks];
  const waiting = (key: string, since: string, due: string | null): Waiting => ({ key, since, due, overdue: due !== null && due < now });
  const entries: Entry[] = [
    ...(lots.data?.items ?? []).map((lot): Entry => ({ kind: 'lot', lot, ...waiting(lot.id, lot.submittedAt ?? lot.createdAt, lot.answerDueAt) })),
    ...(needs.data ?? []).map((need): Entry => ({ kind: 'need', need, ...waiting(need.needId, need.createdAt, need.decideBy) })),
    ...(organisations.data?.items ?? []).map((organisation): Entry => ({ kind: 'organisation', organisation, ...waiting(organisation.organisationId, organisation.createdAt, null) })),
    ...(tasks.data?.items ?? []).map((task): Entry => ({ kind: 'task', task, ...waiting(task.id, task.createdAt, null) })),
  ];
  return {
    entries: entries.sort(byUrgency),
    more: [lots.data?.next, organisations.data?.next, tasks.data?.next].some((next) => typeof next === 'string'),
    pending: all.some(({ isPending }) => isPending),
    error: all.find(({ error }) => error !== null)?.error ?? null,
    reload: async () => { await Promise.all(all.map((query) => query.refetch())); },
  };
}

const LAST = '9999';

function byUrgency(a: Entry, b: Entry): number {
  return Number(b.overdue) - Number(a.overdue) || (a.due ?? LAST).localeCompare(b.due ?? LAST) || a.since.localeCompare(b.since);
}
