import { Id } from '@lacollecte/contracts';
import { defineJob } from '@lacollecte/messaging';
import { z } from 'zod';

/** Takes a requested round from its inputs to its allocations. */
export const RunRound = defineJob('matching-run-round', z.object({ roundId: Id }));
