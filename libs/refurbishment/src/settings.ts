import { setting } from '@lacollecte/runtime';
import { z } from 'zod';

/** Estimates of the domain that operations may change. */
export const settings = {
  donorAnswerDays: setting(z.int().min(1).max(365), 30, 'Days that a device blocked on its donor waits before it is rejected'),
  undoMinutes: setting(z.int().min(1).max(120), 10, 'Minutes within which the last step of one’s own can be undone'),
};
