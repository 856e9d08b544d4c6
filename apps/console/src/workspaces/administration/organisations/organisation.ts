import type { components } from '../../../api/generated/directory.js';
import type { State } from '../../../palette.js';

export type Organisation = components['schemas']['Organisations.approve'];

export const ORGANISATION_STATES: Record<Organisation['state'], State> = { pending: 'waiting', approved: 'done', declined: 'failed', suspended: 'left' };
