import { type ParkedGroup, type ServiceName, serviceOf } from './platform.js';
import { outcome } from './outcome.js';

/** Applies a group's events again, or all of a service, as many times as the service asks to go on. */
async function redriveIn(service: ServiceName, group?: Pick<ParkedGroup, 'reason' | 'type' | 'version'>) {
  const total = { applied: 0, left: 0, errors: [] as string[] };
  for (let after: string | null | undefined; after !== null; ) {
    const { data } = await serviceOf(service).POST('/parked/groups/redrive', { body: { ...(group && { group }), ...(after !== undefined && { after }) } });
    total.applied += data!.applied;
    total.left += data!.left;
    total.errors.push(...data!.errors.map(({ error }) => error));
    after = data!.next;
  }
  return total;
}

export async function redriveGroup(service: ServiceName, { reason, type, version }: ParkedGroup): Promise<void> {
  outcome.set({ did: 'redrive', ...(await redriveIn(service, { reason, type, version })) });
}

export async function redriveAll(services: readonly ServiceName[]): Promise<void> {
  const totals = [];
  for (const service of services) totals.push(await redriveIn(service));
  outcome.set({
    did: 'redrive', applied: totals.reduce((sum, { applied }) => sum + applied, 0), left: totals.reduce((sum, { left }) => sum + left, 0), errors: totals.flatMap(({ errors }) => errors),
  });
}

export async function redriveKey(service: ServiceName, topic: string, key: string): Promise<void> {
  const { data } = await serviceOf(service).POST('/parked/redrive', { body: { topic, key } });
  outcome.set({ did: 'redrive', applied: data!.applied, left: data!.left, errors: data!.error === null ? [] : [data!.error] });
}
