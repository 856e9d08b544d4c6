import type { paths } from '../../api/generated/inventory.js';
import type { State } from '../../palette.js';

export type Item = paths['/api/inventory/items']['get']['responses'][200]['content']['application/json']['items'][number];

export const ITEM_STATES: Record<Item['state'], State> = { 'in-stock': 'done', reserved: 'active', picked: 'active', issued: 'left', quarantined: 'waiting', 'written-off': 'left' };
