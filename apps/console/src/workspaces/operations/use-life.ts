import { queryOptions, useQuery } from '@tanstack/react-query';
import { traceability } from '../../api/clients.js';
import type { components } from '../../api/generated/traceability.js';

export type Step = components['schemas']['History.device'];

interface Life {
  readonly steps: readonly Step[];
  /** There are more than are shown. */
  readonly cut: boolean;
}

/** Most of one page of a timeline. */
const LIMIT = 200;

/** A lot's timeline takes any id: it gives what names it. */
async function stepsOf(kind: string, id: string, signal: AbortSignal): Promise<Life> {
  if (kind === 'device') return (await traceability.call.GET('/api/traceability/devices/{deviceId}/timeline', { params: { path: { deviceId: id } }, signal })).data!;
  if (kind === 'correlation') return (await traceability.call.GET('/api/traceability/trace/{correlationId}', { params: { path: { correlationId: id } }, signal })).data!;
  if (kind === 'event') {
    const event = (await traceability.call.GET('/api/traceability/events/{eventId}', { params: { path: { eventId: id } }, signal })).data!;
    return event.correlationId === null ? { steps: [event], cut: false } : stepsOf('correlation', event.correlationId, signal);
  }
  const { items, next } = (await traceability.call.GET('/api/traceability/lots/{lotId}/timeline', { params: { path: { lotId: id }, query: { devices: 'true', limit: LIMIT } as never }, signal })).data!;
  return { steps: items, cut: next !== null };
}

/** What happened to one thing through all services. */
export function useLife(kind: string, id: string) {
  return useQuery(queryOptions({ queryKey: ['operations', 'life', kind, id], queryFn: ({ signal }) => stepsOf(kind, id, signal) }));
}
