import { Id } from '@lacollecte/contracts';
import { defineJob } from '@lacollecte/messaging';
import { z } from 'zod';
import { Alpha } from '../settings.js';

/** Takes a requested round from its inputs to its allocations; `alpha`: where somebody chose another than the one that is set. */
export const RunRound = defineJob('matching-run-round', z.object({ roundId: Id, alpha: Alpha.optional() }));
