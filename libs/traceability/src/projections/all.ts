import type { Projection } from '@lacollecte/messaging';
import { allocation } from './allocation.js';
import { arrival } from './arrival.js';
import { item } from './item.js';
import { lot } from './lot.js';
import { occurrence } from './occurrence.js';
import { organisation } from './organisation.js';
import { reservation } from './reservation.js';
import { site } from './site.js';
import { work } from './work.js';

/** Everything this service keeps. */
export const PROJECTIONS: readonly Projection[] = [occurrence, site, organisation, lot, arrival, work, item, reservation, allocation];
