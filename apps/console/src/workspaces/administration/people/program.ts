import type { components } from '../../../api/generated/directory.js';

export type Program = components['schemas']['ServiceAccounts.disable'];
