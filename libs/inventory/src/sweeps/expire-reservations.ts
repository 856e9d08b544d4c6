import type { Sweep } from '@lacollecte/runtime';
import { expireReservations } from '../commands/release-reservation.js';

/** Ends reservations that were held for longer than they may be. */
export const expireReservationsSweep: Sweep = { name: 'inventory-expire-reservations', everySeconds: 30, run: (tx) => expireReservations(tx) };
