import type { components } from '../../../api/generated/directory.js';
import type { State } from '../../../palette.js';

export type Person = components['schemas']['People.me'];

export const PERSON_STATES: Record<Person['state'], State> = { invited: 'waiting', active: 'done', disabled: 'left' };
