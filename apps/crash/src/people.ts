import type { Actor } from '@lacollecte/database';
import { v7 } from 'uuid';
import type { Answer, Client } from './client.js';

export type Member = Actor & { readonly organisationId: string };

/** Where everything happens, and who does it. */
export interface Scene {
  readonly siteId: string;
  readonly donor: Member;
  readonly operator: Actor;
}

const person = (role: Actor['roles'][number], of: Partial<Actor> = {}): Actor => ({ subject: v7(), roles: [role], organisationId: null, siteIds: [], ...of });
const admin = person('admin');
export const coordinator = person('coordinator');
export const ops = person('ops');

const ADDRESS = { street: '1 rue du Test', postalCode: '69007', city: 'Lyon' };

/** An approved organisation, and somebody of it. */
export async function organisation(client: Client, activity: 'donor' | 'structure'): Promise<Member> {
  const name = `${activity} ${v7()}`;
  const more = activity === 'structure' ? { peopleServed: 1000, publics: { families: 1000 } } : {};
  await client.post(admin, 'directory/registrations', {
    body: { activity, organisation: { kind: 'association', name, ...ADDRESS, ...more }, person: { email: `${v7()}@test.invalid`, name: 'A person' } },
  });
  const { items: [registered] } = await client.get(coordinator, `directory/organisations?search=${encodeURIComponent(name)}`);
  if (!registered) throw new Error(`${name} was not registered`);
  const { organisationId, version } = registered;
  await client.post(coordinator, `directory/organisations/${organisationId}/approval`, { version, body: activity === 'structure' ? { quotaPerQuarter: 10_000 } : {} });
  client.claim('an organisation was registered once, and approved once', async () => {
    const alike = (await client.get(coordinator, `directory/organisations?search=${encodeURIComponent(name)}`)).items;
    const [{ state, version: now }] = alike as [Answer];
    return alike.length === 1 && state === 'approved' && now === version + 1 ? undefined : `${alike.length} are called ${name}, ${state} at version ${now} after ${version}`;
  });
  return { ...person(activity), organisationId };
}

export async function setScene(client: Client): Promise<Scene> {
  const { siteId } = await client.post(admin, 'directory/sites', { body: { name: 'Lyon', ...ADDRESS, bins: ['A-01', 'A-02', 'A-03'], weeklyCapacity: 100_000 } });
  return { siteId, donor: await organisation(client, 'donor'), operator: person('operator', { siteIds: [siteId] }) };
}

/** So many, each somebody else, at this site. */
export function operators(siteId: string, count: number): Actor[] {
  return Array.from({ length: count }, () => person('operator', { siteIds: [siteId] }));
}
