import { useQueries } from '@tanstack/react-query';
import { directory } from '../../../api/clients.js';
import type { paths } from '../../../api/generated/directory.js';

export const SERVICES = ['matching', 'intake', 'refurbishment', 'inventory', 'dispatch', 'traceability', 'directory'] as const;
export type Service = (typeof SERVICES)[number];

/** A figure that may be changed, and the service that goes by it. */
export type Figure = paths['/api/directory/settings']['get']['responses'][200]['content']['application/json'][number] & { readonly service: Service };

/** Every service has these routes, and they are alike. */
const addressOf = (service: Service) => `/api/${service}/settings` as '/api/directory/settings';

/** The figures of every service, each with what came of asking for them. */
export function useFigures() {
  const answers = useQueries({ queries: SERVICES.map((service) => directory.queryOptions('get', addressOf(service))) });
  const services = SERVICES.map((service, i) => ({ service, query: answers[i]!, figures: (answers[i]!.data ?? []).map((figure): Figure => ({ ...figure, service })) }));
  return { services, all: services.flatMap(({ figures }) => figures), pending: answers.some(({ isPending }) => isPending) };
}

/** Who set it to what, newest first. */
export function useChanges({ service, name }: Figure) {
  return directory.useQuery('get', `${addressOf(service)}/{name}/changes`, { params: { path: { name } } });
}

/** @throws Problem where the value is refused, or somebody has changed it meanwhile */
export async function changeFigure({ service, name }: Figure, version: number, value: number): Promise<void> {
  await directory.call.PUT(`${addressOf(service)}/{name}`, { params: { path: { name }, header: { 'If-Match': String(version) } }, body: { value } });
}

export const figureAddresses: readonly string[] = SERVICES.map(addressOf);
