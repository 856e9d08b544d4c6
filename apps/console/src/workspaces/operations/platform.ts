import { SERVICES, type ServiceName } from '@lacollecte/contracts';
import { queryOptions, useQueries } from '@tanstack/react-query';
import createFetchClient, { type Client } from 'openapi-fetch';
import type { paths } from '../../api/generated/intake.js';
import { conventions } from '../../api/middleware.js';

type Shared = 'operations' | 'parked' | 'jobs';
/** The routes that every service has, as one of them describes them. */
type Platform = { [Path in keyof paths as Path extends `/api/intake/${infer Rest extends `${Shared}${string}`}` ? `/${Rest}` : never]: paths[Path] };

function clientOf(service: ServiceName): Client<Platform> {
  const client = createFetchClient<Platform>({ baseUrl: `${location.origin}/api/${service}` });
  client.use(conventions);
  return client;
}

const clients = new Map(SERVICES.map((service) => [service, clientOf(service)]));

export { SERVICES, type ServiceName };
export const isService = (name: string): name is ServiceName => SERVICES.some((service) => service === name);
export const serviceOf = (service: ServiceName): Client<Platform> => clients.get(service)!;

type Told<Path extends keyof Platform> = Platform[Path] extends { get: { responses: { 200: { content: { 'application/json': infer Answer } } } } } ? Answer : never;
/** Without parameters. */
type Asked = '/operations/topics' | '/operations/outbox' | '/operations/queues' | '/operations/pace' | '/operations/invariants' | '/parked' | '/parked/groups' | '/jobs/failed';
export type TopicState = Told<'/operations/topics'>[number];
export type Pace = Told<'/operations/pace'>;
export type ParkedGroup = Told<'/parked/groups'>[number];
export type Parked = Told<'/parked'>[number];
export type ParkedEvent = Told<'/parked/event'>;
export type FailedJob = Told<'/jobs/failed'>[number];
export type Rule = Told<'/operations/invariants'>[number];
export type Queue = Told<'/operations/queues'>[number];
export type Outbox = Told<'/operations/outbox'>;

/** What one service told; `data` undefined until it has, `error` where it last did not. */
export interface Answered<Data> {
  readonly service: ServiceName;
  readonly data: Data | undefined;
  readonly error: unknown;
}

/** Asks every service the same, again every so often. @returns in the order of the pipeline, those that were not asked yet too */
export function useEach<Path extends Asked>(path: Path, everyMs: number): { readonly all: readonly Answered<Told<Path>>[]; readonly pending: boolean; readonly failed: unknown; readonly retry: () => void } {
  const queries = useQueries({
    queries: SERVICES.map((service) => queryOptions({
      queryKey: ['operations', path, service],
      queryFn: async ({ signal }) => (await serviceOf(service).GET(path as never, { signal } as never)).data as Told<Path>,
      refetchInterval: everyMs,
    })),
  });
  const all = queries.map(({ data, error }, n) => ({ service: SERVICES[n]!, data, error }));
  return {
    all,
    pending: queries.every(({ isPending }) => isPending),
    failed: queries.every(({ error }) => error !== null) ? queries[0]!.error : null,
    retry: () => { for (const query of queries) void query.refetch(); },
  };
}
