import { setting } from '@lacollecte/runtime';
import { z } from 'zod';

/** Fairness of a round: 0 gives most devices, 1 is proportional, 2 more equal. */
export const Alpha = z.number().min(0).max(3);

/** The estimates (a) of matching. */
export const matchingSettings = {
  roundIntervalMinutes: setting(z.int().min(1).max(1440), 60, 'Minutes from one round to the next'),
  alpha: setting(Alpha, 1, 'Fairness of a round: 0 gives most devices, 1 is proportional, 2 more equal'),
  kmCost: setting(z.number().min(0).max(0.01), 0.0005, 'What a kilometre takes from the gain of a device'),
  gradeCost: setting(z.number().min(0).max(0.2), 0.05, 'What each grade above the one asked takes from the gain of a device'),
  transportCap: setting(z.number().min(0).max(1), 0.8, 'The most that transport takes from the gain of a device (0.8 is 1,600 km), so that distance alone leaves nobody unserved'),
  reserveShare: setting(z.number().min(0).max(0.5), 0.1, 'Part of each stock cell that only urgency 4 may have'),
  nearestSites: setting(z.int().min(3).max(5), 5, 'How many sites a line may be served from'),
  solverSeconds: setting(z.number().min(1).max(300), 30, 'Seconds the solver may take before the greedy answer is used'),
  answerDays: setting(z.int().min(1).max(6), 3, 'Days after which silence accepts what is held; inventory holds for 7'),
  needDays: setting(z.int().min(7).max(365), 90, 'Days after which a need that was not reconfirmed expires'),
  urgentDecisionHours: setting(z.number().min(0.5).max(72), 4, 'Hours within which a need of urgency 4 is decided, else escalated'),
} as const;
