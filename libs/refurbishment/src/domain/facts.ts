import type { Device, Outcome } from './device.js';
import { recalledFor, settle, UNCHANGED } from './device.js';
import { receiveAgain } from './endings.js';

// Facts of other services. None is refused: what fits no state is answered by a compensation, and one that is older than
// what we know of the device's whereabouts changes nothing, for facts of different topics arrive in any order.

function isOld(device: Device, occurredAt: string): boolean {
  return occurredAt < device.placedAt;
}

/**
 * It reached a structure. One that is recalled stays recalled: dispatch opens its return. One that was not ready reached
 * somebody unerased, untested or ungraded: it is recalled.
 */
export function delivered(device: Device, occurredAt: string, at: string): Outcome | typeof UNCHANGED {
  if (isOld(device, occurredAt) || device.state === 'delivered' || device.state === 'recalled') return UNCHANGED;
  const wasReady = device.diagnosed && device.erased && device.tested && device.graded;
  if (wasReady && (device.state === 'ready' || device.state === 'lost')) {
    return settle({ ...device, state: 'delivered', ending: null, placedAt: occurredAt }, [{ event: 'DeviceDelivered' }], at);
  }
  const recalled: Device = { ...device, state: 'recalled', heldFrom: [], block: null, blockUntil: null, placedAt: occurredAt };
  return settle(recalled, [recalledFor('unfinished', at)], at);
}

/** It did not reach the structure. In the workshop we know better. */
export function lostOnTheWay(device: Device, occurredAt: string, at: string): Outcome | typeof UNCHANGED {
  const away = device.state === 'ready' || device.state === 'recalled' || device.state === 'delivered';
  if (isOld(device, occurredAt) || !away) return UNCHANGED;
  return settle({ ...device, state: 'lost', ending: { reason: 'missing at delivery', detail: {} }, placedAt: occurredAt }, [{ event: 'DeviceLost' }], at);
}

/**
 * Stock or a structure gave it back, or it was found: it is at `siteId`. One that is in the workshop is there already. Stock says which
 * readiness that ended, by its newest erasure (`evidenceAt`): one that was received again after that has been told so by another
 * already, and may be ready anew.
 */
export function cameBack(device: Device, { siteId, occurredAt, evidenceAt = device.openedAt }: { siteId: string; occurredAt: string; evidenceAt?: string | undefined }, at: string): Outcome | typeof UNCHANGED {
  const away: readonly Device['state'][] = ['ready', 'recalled', 'delivered', 'lost', 'recycled', 'returned-to-donor'];
  if (isOld(device, occurredAt) || evidenceAt < device.openedAt || !away.includes(device.state)) return UNCHANGED;
  return receiveAgain(device, siteId, occurredAt, at);
}
