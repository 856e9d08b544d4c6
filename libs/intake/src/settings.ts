import { setting } from '@lacollecte/runtime';
import { z } from 'zod';

const days = z.int().min(1).max(365);

/** Estimates of the trade that operations may change. */
export const settings = {
  answerDays: setting(days, 2, 'Days within which a donor has an answer to a submitted lot'),
  inventoryDays: setting(days, 15, 'Days from collection within which the donor has the received inventory'),
  freePickupFrom: setting(z.int().min(0).max(10_000), 15, 'Usable computers from which pick-up is free; below, the donor brings them'),
  manifestDays: setting(days, 30, "Days after confirmation that a donor's file is kept"),
};
