import { facts, items, NOW, packed, packing, picking, planned } from '../testing/given.js';
import { openParcel, packDevices, reopenParcel, sealParcel, takeOut } from './packing.js';
import { commitLine, reportMissing, startPicking, substituteItem } from './picking.js';
import type { Shipment } from './shipment.js';

const scan = (shipment: Shipment, ...itemIds: string[]) => packDevices(shipment, 'p1', itemIds.map((itemId) => ({ itemId, scannedAt: null })), NOW);
const refusals = (shipment: Shipment, ...itemIds: string[]) => scan(shipment, ...itemIds).answers.map((answer) => answer?.code ?? 'packed');

describe('picking', () => {
  it('asks inventory for every line once', () => {
    const change = startPicking(planned({ r1: ['a', 'b'], r2: ['c'] }), NOW);
    expect(facts(change)).toEqual(['picking-started', 'picking-requested {"reservationIds":["r1","r2"]}']);
    expect(change.shipment.state).toBe('picking');
    expect(facts(startPicking(change.shipment, NOW))).toEqual([]);
  });

  it('counts what inventory committed, which may be less than was accepted', () => {
    const started = startPicking(planned({ r1: ['a', 'b'] }), NOW).shipment;
    const { shipment } = commitLine(started, 'r1', [{ itemId: 'a', bin: 'A-01' }], new Map());
    expect(shipment.lines).toMatchObject([{ state: 'committed', quantity: 1 }]);
    expect(items(shipment)).toBe('a:to-pick');
  });

  it('asks at once for another where a committed device is recalled already', () => {
    const started = startPicking(planned({ r1: ['a'] }), NOW).shipment;
    const change = commitLine(started, 'r1', [{ itemId: 'a', bin: null }], new Map([['a', { label: 'A', recalled: true }]]));
    expect(facts(change)).toEqual(['shipment-changed', 'substitution-requested {"reservationId":"r1","missingItemId":"a"}']);
    expect(items(change.shipment)).toBe('a:pulled');
  });

  it('goes on while a replacement is awaited, and packs it when it comes', () => {
    const missing = reportMissing(packing({ r1: ['a', 'b'] }, ['b']), 'a');
    expect(facts(missing)).toEqual(['substitution-requested {"reservationId":"r1","missingItemId":"a"}']);
    expect(facts(reportMissing(missing.shipment, 'a'))).toEqual([]);
    const granted = substituteItem(missing.shipment, { reservationId: 'r1', missingItemId: 'a', replacement: { itemId: 'z', bin: 'Z-09' } }, { label: 'Z', recalled: false });
    expect(items(granted.shipment)).toBe('a:substituted b:packed z:to-pick');
    expect(refusals(granted.shipment, 'z', 'a')).toEqual(['packed', 'device-not-to-pick']);
  });

  it('is short where inventory has no other, and says so to matching', () => {
    const missing = reportMissing(picking({ r1: ['a', 'b'] }), 'a').shipment;
    const change = substituteItem(missing, { reservationId: 'r1', missingItemId: 'a', replacement: null });
    expect(facts(change)).toEqual(['reservations-freed {"freed":[{"reservationId":"r1","quantity":1,"rest":1,"items":[]}]}']);
    expect(change.shipment.lines).toMatchObject([{ state: 'committed', quantity: 1 }]);
  });

  it('ends a shipment of which nothing is left', () => {
    const missing = reportMissing(picking({ r1: ['a'] }), 'a').shipment;
    const change = substituteItem(missing, { reservationId: 'r1', missingItemId: 'a', replacement: null });
    expect(change.shipment.state).toBe('cancelled');
    expect(change.shipment.lines).toMatchObject([{ state: 'dropped', reason: 'short', quantity: 0 }]);
  });
});

describe('packing', () => {
  it('refuses a wrong device with the reason, each scan on its own', () => {
    const two = openParcel(packing({ r1: ['a', 'b', 'c'] }, ['a']), 'p2', NOW).shipment;
    const other = packDevices(two, 'p2', [{ itemId: 'b', scannedAt: null }], NOW).shipment;
    expect(refusals(other, 'x', 'b', 'c', 'a')).toEqual(['device-not-of-shipment', 'device-already-packed', 'packed', 'packed']);
  });

  it('refuses a recalled device', () => {
    const opened = openParcel(picking({ r1: ['a', 'b'] }, ['a']), 'p1', NOW).shipment;
    expect(refusals(opened, 'a')).toEqual(['device-recalled']);
  });

  it('answers the same scan as before, also when the parcel is sealed since', () => {
    const again = scan(packed({ r1: ['a'] }), 'a');
    expect(again.answers).toEqual([undefined]);
    expect(again.events).toEqual([]);
  });

  it('takes no more than 200 devices', () => {
    const many = Array.from({ length: 201 }, (_, i) => `d${i}`);
    const shipment = packing({ r1: many }, many);
    expect(shipment.items.filter((item) => item.state === 'packed')).toHaveLength(200);
    expect(refusals(shipment, 'd200')).toEqual(['parcel-full']);
  });

  it('seals what is in it and opens it again before it leaves', () => {
    const sealed = sealParcel(packing({ r1: ['a'] }, ['a']), 'p1', 'S-1', NOW);
    expect(facts(sealed)).toEqual(['parcel-sealed {"parcelId":"p1","content":[{"itemId":"a","reservationId":"r1"}]}']);
    expect(sealed.shipment.state).toBe('packed');
    const opened = reopenParcel(sealed.shipment, 'p1');
    expect(facts(opened)).toEqual(['parcel-reopened {"parcelId":"p1","content":[{"itemId":"a","reservationId":"r1"}]}']);
    expect(opened.shipment.state).toBe('picking');
  });

  it('does not seal an empty parcel', () => {
    expect(() => sealParcel(packing({ r1: ['a'] }, []), 'p1', 'S-1', NOW)).toThrow('parcel-empty');
  });

  it('takes a device out only while the parcel is open, and then it is to be picked again', () => {
    expect(() => takeOut(packed({ r1: ['a'] }), 'a', 'B-2')).toThrow('parcel-sealed');
    const out = takeOut(packing({ r1: ['a'] }, ['a']), 'a', 'B-2');
    expect(out.shipment.items).toMatchObject([{ state: 'to-pick', bin: 'B-2', parcelId: null }]);
    expect(facts(takeOut(out.shipment, 'a', 'B-2'))).toEqual([]);
    expect(() => takeOut(out.shipment, 'x', 'B-2')).toThrow('device-not-in-parcel');
  });
});
