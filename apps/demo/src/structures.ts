import { readFile } from 'node:fs/promises';
import type { Api, Person } from './client.js';
import { accept, emailOf, type PersonView, signInAs, type Staff } from './people.js';

/** Structures of our own, in the shape in which a network of associations sends its list. */
const LIST = new URL('../fixtures/structures.csv', import.meta.url);
const REFERENCE = /^DEMO-\d+$/;
/** Of their quota, so that ten demonstrations fit into a quarter. */
const SHARE_OF_QUOTA = 0.1;

export interface Structure {
  readonly id: string;
  readonly name: string;
  /** Speaks for it. */
  readonly person: Person;
  /** Most that it may ask for in one demonstration; null: as much as it likes. */
  readonly most: number | null;
}

interface OrganisationView {
  readonly organisationId: string;
  readonly name: string;
  readonly externalReference: string | null;
  readonly quotaPerQuarter: number | null;
}

/**
 * `count` structures with somebody who speaks for each: those of the system first, then ours. Whoever is here from an earlier run stays.
 * Where nobody who is invited could sign in, those that a demonstration account speaks for.
 */
export async function gatherStructures(api: Api, staff: Staff, count: number): Promise<Structure[]> {
  if (api.knowsInvited) {
    const bytes = new Uint8Array(await readFile(LIST));
    await staff.coordinator.post('/directory/organisations/import', 'import structures', { file: { bytes, type: 'text/csv' } });
  }
  const approved = await staff.coordinator.all<OrganisationView>('/directory/organisations?activity=structure&state=approved');
  const seeded = approved.filter(({ organisationId }) => isSeeded(organisationId));
  const ours = approved.filter(({ externalReference }) => REFERENCE.test(externalReference ?? ''));
  const people = await staff.admin.all<PersonView>('/directory/people?role=structure');
  const speaking = people.filter(({ personId, state }) => state !== 'disabled' && (api.knowsInvited || isSeeded(personId)));
  const speaker = new Map(speaking.map((person) => [person.organisationId, person]));
  const chosen = [
    ...seeded.toSorted((a, b) => a.organisationId.localeCompare(b.organisationId)),
    ...ours.toSorted((a, b) => a.externalReference!.localeCompare(b.externalReference!)),
  ].filter(({ organisationId }) => api.knowsInvited || speaker.has(organisationId)).slice(0, count);
  return Promise.all(chosen.map(async ({ organisationId: id, name, externalReference, quotaPerQuarter }) => ({
    id, name, person: await speakerOf(api, staff, id, speaker.get(id)),
    most: externalReference === null ? Math.floor((quotaPerQuarter ?? 0) * SHARE_OF_QUOTA) : null,
  })));
}

/** The demonstration's own data have ids of their own. */
function isSeeded(id: string): boolean {
  return id.startsWith('0d000000-');
}

async function speakerOf(api: Api, staff: Staff, organisationId: string, known: PersonView | undefined): Promise<Person> {
  if (known?.state === 'active') return signInAs(api, known.email!.split('@')[0]!);
  const body = { email: emailOf(`structure-${organisationId.slice(-12)}`), name: 'Dominique Structure', roles: ['structure'], organisationId };
  const invited = known ?? (await staff.admin.post<PersonView>('/directory/invitations', `invite for ${organisationId}`, { body }));
  return accept(api, staff.admin, invited);
}
