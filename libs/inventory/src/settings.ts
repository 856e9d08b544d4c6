import { setting } from '@lacollecte/runtime';
import { z } from 'zod';

/** Estimates (a) of the domain. */
export const settings = {
  holdDays: setting(z.int().min(1).max(90), 7, 'Days for which a reservation is held before it expires, unless picking begins'),
};
