import { setting } from '@lacollecte/runtime';
import { z } from 'zod';

export const settings = {
  shareHours: setting(z.int().min(0).max(168), 24, 'Hours during which accepted allocations of one site to one structure join the same planned shipment'),
  needTogetherDays: setting(z.int().min(0).max(30), 3, 'Days during which lines of one need join the same planned shipment'),
  afterSalesDays: setting(z.int().min(0).max(3650), 183, 'Days after its delivery during which a structure may report a device broken'),
};
