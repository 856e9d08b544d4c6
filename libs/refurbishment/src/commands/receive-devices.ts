import type { EventData, intake } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { v7 } from 'uuid';
import { type Arrival, arrive } from '../domain/arrival.js';
import type { Outcome } from '../domain/device.js';
import { announce } from '../persistence/device.repository.js';
import { insertDevices } from '../persistence/new-devices.js';
import { matchWaitingEvidence } from './match-evidence.js';

export interface Received {
  /** The transaction with this event as its cause. */
  readonly tx: Tx;
  readonly device: EventData<typeof intake.DeviceReceived>;
}

/** Devices begin here, in sets. One that is known already changes nothing. */
export async function receiveDevices(tx: Tx, received: readonly Received[]): Promise<void> {
  const at = tx.now.toISOString();
  const arrivals = new Map<string, { tx: Tx; arrival: Arrival; outcome: Outcome }>();
  for (const { tx: cause, device } of received) {
    if (arrivals.has(device.deviceId)) continue;
    const { deviceId: id, ...rest } = device;
    const arrival: Arrival = { ...rest, id };
    arrivals.set(id, { tx: cause, arrival, outcome: arrive(arrival, v7(), at) });
  }
  const inserted = new Set(await insertDevices(tx, [...arrivals.values()].map(({ arrival, outcome }) => ({ device: outcome.device, aliases: arrival.aliases }))));
  const fresh = [...arrivals.values()].filter(({ outcome }) => inserted.has(outcome.device.id));
  for (const { tx: cause, outcome } of fresh) announce(cause, outcome.device, outcome.events);
  // Phones and tablets are their own medium: an erasure may have been reported before the reception arrived.
  await matchWaitingEvidence(tx, fresh.flatMap(({ outcome }) => outcome.device.drives.flatMap((drive) => (drive.serial === null ? [] : [drive.serial]))));
}
