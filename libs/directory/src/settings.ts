import { setting } from '@lacollecte/runtime';
import { z } from 'zod';

export const settings = {
  invitationDays: setting(z.int().min(1).max(60), 7, 'Days a one-time invitation link works'),
  approvalDays: setting(z.int().min(1).max(1100), 365, 'Days a structure is approved for before it must be renewed'),
  quotaPerQuarter: setting(z.int().min(0).max(10_000), 50, 'Devices a structure may be given in a calendar quarter, where approval names no other number'),
};
