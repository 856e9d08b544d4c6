import { commitLine, startPicking } from '../domain/picking.js';
import { openParcel, packDevices, sealParcel } from '../domain/packing.js';
import { handOverParcel } from '../domain/carriage.js';
import { joinShipment, type NewLine, planShipment } from '../domain/planning.js';
import type { Change, Shipment } from '../domain/shipment.js';

/** Shipments for tests of the domain: ids are short words, times are `NOW`. */
export const NOW = new Date('2026-11-09T10:00:00Z');

export function line(id: string, quantity: number): NewLine {
  return { id, needId: 'need', needLineId: `${id}-line`, category: 'laptop', grade: 'B', quantity };
}

/** Lines by id with their device ids: `{ r1: ['a', 'b'] }`. */
export type Lines = Readonly<Record<string, readonly string[]>>;

export function planned(lines: Lines): Shipment {
  const [first, ...others] = Object.entries(lines).map(([id, items]) => line(id, items.length));
  if (!first) throw new Error('a shipment has a line');
  const start = planShipment('shipment', { siteId: 'site', structureId: 'structure' }, first, NOW).shipment;
  return others.reduce((shipment, other) => joinShipment(shipment, other).shipment, start);
}

export function picking(lines: Lines, recalled: readonly string[] = []): Shipment {
  let shipment = startPicking(planned(lines), NOW).shipment;
  for (const [id, items] of Object.entries(lines)) {
    const known = new Map(items.map((item) => [item, { label: item.toUpperCase(), recalled: recalled.includes(item) }]));
    shipment = commitLine(shipment, id, items.map((itemId) => ({ itemId, bin: `bin-${itemId}` })), known).shipment;
  }
  return shipment;
}

/** Parcel `p1` open, with these devices in it. */
export function packing(lines: Lines, inside: readonly string[]): Shipment {
  const opened = openParcel(picking(lines), 'p1', NOW).shipment;
  return packDevices(opened, 'p1', inside.map((itemId) => ({ itemId, scannedAt: null })), NOW).shipment;
}

export function packed(lines: Lines): Shipment {
  return sealParcel(packing(lines, Object.values(lines).flat()), 'p1', 'SEAL-1', NOW).shipment;
}

export function handedOver(lines: Lines): Shipment {
  return handOverParcel(packed(lines), 'p1', 'driver', NOW).shipment;
}

/** `reservations-freed {"freed":[…]}`: what happened, short enough to compare. */
export function facts(change: Change): string[] {
  return change.events.map(({ definition, data }) => {
    const name = definition.type.split('.')[3];
    return Object.keys(data).length > 0 ? `${name} ${JSON.stringify(data)}` : `${name}`;
  });
}

/** `a:packed b:to-pick` */
export function items(shipment: Shipment): string {
  return shipment.items.map((item) => `${item.itemId}:${item.state}`).join(' ');
}
