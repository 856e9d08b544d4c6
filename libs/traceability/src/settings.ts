import { setting } from '@lacollecte/runtime';
import { z } from 'zod';

/** Estimates (a) of the domain. */
export const settings = {
  leastTogether: setting(z.int().min(2).max(1000), 5, 'From so many delivered devices on a donor is told the kind of structure and the département that they went to'),
  yearObjective: setting(z.int().min(1).max(10_000_000), 50_000, 'Devices that are to be received in a calendar year'),
  yearsGained: setting(z.number().min(0.5).max(20), 3, 'Years of use that a reused device gains, for the CO2e of the impact report'),
};
