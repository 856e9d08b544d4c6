import { DomainError, dispatch } from '@lacollecte/contracts';
import fc from 'fast-check';
import { NOW, planned } from '../testing/given.js';
import { deliverParcel, failParcel, handOverParcel, retryParcel, returnParcel } from './carriage.js';
import { openParcel, packDevices, reopenParcel, sealParcel, takeOut } from './packing.js';
import { commitLine, reportMissing, startPicking, substituteItem } from './picking.js';
import { type Change, itemHasLeft, type Shipment, shipmentState } from './shipment.js';
import { cancelShipment, dropLine, recallItem, withdrawItem } from './withdrawal.js';

const LINES = { r1: ['a', 'b'], r2: ['c'], r3: ['d', 'e'] };
const item = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'y', 'z');
const parcel = fc.constantFrom('p1', 'p2');
const reservation = fc.constantFrom('r1' as const, 'r2' as const, 'r3' as const);

type Step = (shipment: Shipment) => Change;
const heldBy = (shipment: Shipment, itemId: string) => shipment.items.find((i) => i.itemId === itemId)?.lineId ?? 'r1';

const commit = (r: keyof typeof LINES): Step => (s) => commitLine(s, r, LINES[r].map((itemId) => ({ itemId, bin: 'A-1' })), new Map());
const packAll = (s: Shipment, p: string) => packDevices(s, p, s.items.filter((i) => i.state === 'to-pick').map(({ itemId }) => ({ itemId, scannedAt: null })), NOW);

/** Anything that people or other services may do, in whatever order. */
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: parcel.map<Step>((p) => (s) => (s.parcels.some((known) => known.id === p) ? packAll(s, p) : openParcel(s, p, NOW))) },
  { weight: 3, arbitrary: parcel.map<Step>((p) => (s) => sealParcel(s, p, 'S', NOW)) },
  { weight: 3, arbitrary: parcel.map<Step>((p) => (s) => handOverParcel(s, p, 'driver', NOW)) },
  { weight: 2, arbitrary: parcel.map<Step>((p) => (s) => failParcel(s, p, 'refused', NOW)) },
  { weight: 2, arbitrary: item.map<Step>((i) => (s) => takeOut(s, i, 'B-2')) },
  { weight: 2, arbitrary: fc.tuple(item, fc.constantFrom('y', 'z', null)).map<Step>(([missingItemId, z]) => (s) =>
    substituteItem(s, { reservationId: heldBy(s, missingItemId), missingItemId, replacement: z === null ? null : { itemId: z, bin: 'Z-1' } })) },
  fc.constant<Step>((s) => startPicking(s, NOW)),
  reservation.map<Step>(commit),
  fc.tuple(parcel, fc.array(item, { maxLength: 5 })).map<Step>(([p, ids]) => (s) => packDevices(s, p, ids.map((itemId) => ({ itemId, scannedAt: null })), NOW)),
  parcel.map<Step>((p) => (s) => reopenParcel(s, p)),
  parcel.map<Step>((p) => (s) => deliverParcel(s, p, { at: NOW, receivedBy: 'other', missing: [], missingBefore: new Set() })),
  parcel.map<Step>((p) => (s) => retryParcel(s, p, 'driver', NOW)),
  parcel.map<Step>((p) => (s) => returnParcel(s, p, true, NOW)),
  item.map<Step>((i) => (s) => reportMissing(s, i)),
  item.map<Step>((i) => (s) => recallItem(s, i)),
  item.map<Step>((i) => (s) => withdrawItem(s, { reservationId: heldBy(s, i), itemId: i, remaining: 0 })),
  reservation.map<Step>((r) => (s) => dropLine(s, r, 'withdrawn', true)),
  fc.constant<Step>((s) => cancelShipment(s, 'other')),
);

function check(shipment: Shipment): void {
  expect(shipment.state).toBe(shipmentState(shipment));
  for (const line of shipment.lines) {
    if (line.state !== 'committed' && line.state !== 'dropped') continue;
    const active = shipment.items.filter((i) => i.lineId === line.id && ['to-pick', 'packed', 'substituting', 'pulled'].includes(i.state));
    expect({ line: line.id, quantity: line.quantity }).toEqual({ line: line.id, quantity: active.length });
  }
  for (const sealed of shipment.parcels.filter((p) => p.state === 'packed')) {
    const inside = shipment.items.filter((i) => i.parcelId === sealed.id);
    expect(inside.filter((i) => i.recalled || i.state !== 'packed')).toEqual([]);
  }
}

/** Runs the steps that are not refused; `seen` collects the changes of state. */
function run(steps: readonly Step[], seen: Set<string>): void {
  let shipment = planned(LINES);
  for (const apply of steps) {
    let change: Change;
    try {
      change = apply(shipment);
    } catch (error) {
      if (error instanceof DomainError) continue;
      throw error;
    }
    expect(change.shipment === shipment).toBe(change.events.length === 0);
    const [from, to] = [shipment.state, change.shipment.state];
    expect([from, ...dispatch.SHIPMENT_TRANSITIONS[from]]).toContain(to);
    if (from !== to) seen.add(`${from} → ${to}`);
    for (const left of shipment.items.filter((i) => itemHasLeft(shipment, i))) {
      expect(change.shipment.items.some((i) => i.itemId === left.itemId && i.lineId === left.lineId && i.state === 'packed')).toBe(true);
    }
    shipment = change.shipment;
    check(shipment);
  }
}

describe('a shipment, whatever happens to it', () => {
  it('moves along the transitions of the contract, and its sums hold', () => {
    const seen = new Set<string>();
    const opening = [(s: Shipment) => startPicking(s, NOW), commit('r1'), commit('r2'), commit('r3')];
    fc.assert(fc.property(fc.array(step, { maxLength: 60, size: 'max' }), fc.boolean(), (steps, begun) => run(begun ? [...opening, ...steps] : steps, seen)), { numRuns: 1500 });
    expect([...seen]).toEqual(expect.arrayContaining(['planned → picking', 'picking → cancelled', 'picking → packed', 'packed → picking', 'packed → handed-over', 'handed-over → delivered']));
  });
});
