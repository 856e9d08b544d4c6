import { dispatch, DomainError } from '@lacollecte/contracts';
import { freeing } from './freeing.js';
import {
  type Change, changed, currentItem, type Happened, happened, isHere, type Item, itemHasLeft, type Line, type Shipment, unchanged, withItem, withLine,
} from './shipment.js';

/** Picking may only begin for what inventory commits: asks it for every line. The same step again is answered as before. */
export function startPicking(shipment: Shipment, now: Date): Change {
  if (shipment.pickingStartedAt && shipment.state !== 'cancelled') return unchanged(shipment);
  if (shipment.state !== 'planned') throw new DomainError('shipment-not-planned', { state: shipment.state });
  const asked = shipment.lines.filter((line) => line.state === 'planned');
  const lines = shipment.lines.map((line): Line => (line.state === 'planned' ? { ...line, state: 'requested' } : line));
  return changed(
    { ...shipment, lines, pickingStartedAt: now },
    happened(dispatch.PickingStarted, {}),
    happened(dispatch.PickingRequested, { reservationIds: asked.map((line) => line.id) }),
  );
}

/** What is known here of a device that inventory names. */
export interface KnownDevice {
  readonly label: string | null;
  readonly recalled: boolean;
}

function newItem(line: Line, itemId: string, bin: string | null, replaces: string | null, known: KnownDevice): Item {
  return {
    lineId: line.id, itemId, bin, replaces, label: known.label, recalled: known.recalled,
    state: known.recalled ? 'pulled' : 'to-pick', parcelId: null, packedAt: null, scannedAt: null,
  };
}

/** Asks inventory for another device in its place. */
export function askInstead(item: Item): Happened {
  return happened(dispatch.SubstitutionRequested, { reservationId: item.lineId, missingItemId: item.itemId });
}

const UNKNOWN: KnownDevice = { label: null, recalled: false };

/**
 * Inventory committed a line's reservation: these devices, in these bins. An answer that comes when the line is void gives all
 * back. A device that is recalled already is asked to be replaced at once.
 */
export function commitLine(
  shipment: Shipment,
  lineId: string,
  items: readonly { itemId: string; bin: string | null }[],
  known: ReadonlyMap<string, KnownDevice>,
): Change {
  const line = shipment.lines.find((l) => l.id === lineId);
  if (!line || line.state === 'committed') return unchanged(shipment);
  if (line.state === 'dropped') return changed(shipment, ...freeing([{ reservationId: lineId, quantity: 0 }]));
  const added = items.map(({ itemId, bin }) => newItem(line, itemId, bin, null, known.get(itemId) ?? UNKNOWN));
  const committed: Line = added.length > 0 ? { ...line, state: 'committed', quantity: added.length } : { ...line, state: 'dropped', quantity: 0, reason: 'nothing-held' };
  return changed(
    { ...withLine(shipment, committed), items: [...shipment.items, ...added] },
    happened(dispatch.ShipmentChanged, {}),
    ...added.filter((item) => item.state === 'pulled').map(askInstead),
  );
}

/** The operator does not find a device in its bin: inventory is asked for another, and the operator goes on. */
export function reportMissing(shipment: Shipment, itemId: string): Change {
  const item = currentItem(shipment, itemId);
  if (!item) throw new DomainError('device-not-of-shipment');
  if (['substituting', 'substituted', 'short'].includes(item.state)) return unchanged(shipment);
  if (item.state !== 'to-pick') throw new DomainError('device-not-to-pick', { state: item.state });
  const missing: Item = { ...item, state: 'substituting' };
  return changed(withItem(shipment, missing), askInstead(missing));
}

/** A replacement that nobody here waits for goes back. */
function giveBack(shipment: Shipment, reservationId: string, itemId: string): Change {
  return changed(shipment, ...freeing([{ reservationId, quantity: 0, items: [{ itemId, bin: null }] }]));
}

/**
 * Inventory's answer: another device, or none and the line is one short, which matching hears from us. An answer that is not waited for any more gives the replacement back.
 */
export function substituteItem(
  shipment: Shipment,
  answer: { reservationId: string; missingItemId: string; replacement: { itemId: string; bin: string | null } | null },
  known: KnownDevice = UNKNOWN,
): Change {
  const { reservationId, replacement } = answer;
  const line = shipment.lines.find((l) => l.id === reservationId);
  const missing = shipment.items.find((i) => i.lineId === reservationId && i.itemId === answer.missingItemId);
  const before = shipment.items.find((i) => i !== missing && i.lineId === reservationId && i.itemId === replacement?.itemId);
  const here = before !== undefined && isHere(shipment, before);
  if (!line || !missing || (missing.state !== 'substituting' && missing.state !== 'pulled')) {
    return !replacement || here ? unchanged(shipment) : giveBack(shipment, reservationId, replacement.itemId);
  }
  if (!replacement || here || (before && itemHasLeft(shipment, before))) {
    const short = shrink(withItem(shipment, { ...missing, state: 'short' }), line);
    // One that this line sent once already cannot be counted twice: it goes back.
    const items = replacement && !here ? [{ itemId: replacement.itemId, bin: null }] : [];
    return changed(short, ...freeing([{ reservationId, quantity: 1, rest: Math.max(0, line.quantity - 1), items }]));
  }
  const item = newItem(line, replacement.itemId, replacement.bin, missing.itemId, known);
  const substituted = withItem(shipment, { ...missing, state: 'substituted' });
  const others = substituted.items.filter((i) => i.lineId !== reservationId || i.itemId !== item.itemId);
  return changed(
    { ...substituted, items: [...others, item] },
    happened(dispatch.ShipmentChanged, {}),
    ...(item.state === 'pulled' ? [askInstead(item)] : []),
  );
}

/** The line is one device smaller; with none left it is dropped. */
export function shrink(shipment: Shipment, line: Line): Shipment {
  const quantity = Math.max(0, line.quantity - 1);
  return withLine(shipment, quantity > 0 ? { ...line, quantity } : { ...line, quantity, state: 'dropped', reason: line.reason ?? 'short' });
}
