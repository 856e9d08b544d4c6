import type { components } from '../../../api/generated/directory.js';
import type { State } from '../../../palette.js';

export type Person = components['schemas']['People.me'];

/** `linkEndsAt`: of the link that waits to be used, ISO 8601. */
export type ShownPerson = Person & { readonly linkEndsAt: string | null };

export const PERSON_STATES: Record<Person['state'], State> = { invited: 'waiting', active: 'done', disabled: 'left' };
