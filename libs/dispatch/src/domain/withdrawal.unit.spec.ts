import { facts, handedOver, items, NOW, packed, packing, picking, planned } from '../testing/given.js';
import { deliverParcel } from './carriage.js';
import { openParcel, packDevices, sealParcel, takeOut } from './packing.js';
import { commitLine, reportMissing, startPicking, substituteItem } from './picking.js';
import { cancelShipment, dropLine, recallItem, withdrawItem } from './withdrawal.js';

const REOPENED = 'parcel-reopened {"parcelId":"p1","content":[{"itemId":"a","reservationId":"r1"},{"itemId":"b","reservationId":"r2"}]}';

describe('a line that is void', () => {
  it('is dropped before picking, and with the last of them the shipment', () => {
    const one = dropLine(planned({ r1: ['a'], r2: ['b'] }), 'r1', 'withdrawn', true);
    expect(facts(one)).toEqual(['shipment-changed', 'reservations-freed {"freed":[{"reservationId":"r1","quantity":0}]}']);
    expect(one.shipment.state).toBe('planned');
    expect(dropLine(one.shipment, 'r2', 'expired', false).shipment.state).toBe('cancelled');
  });

  it('gives all back when inventory commits it late', () => {
    const started = dropLine(startPicking(planned({ r1: ['a'], r2: ['b'] }), NOW).shipment, 'r1', 'withdrawn', true).shipment;
    const late = commitLine(started, 'r1', [{ itemId: 'a', bin: 'A-01' }], new Map());
    expect(facts(late)).toEqual(['reservations-freed {"freed":[{"reservationId":"r1","quantity":0}]}']);
    expect(items(late.shipment)).toBe('');
  });

  it('opens the sealed parcel; its device is freed when it is scanned back to a bin', () => {
    const change = dropLine(packed({ r1: ['a'], r2: ['b'] }), 'r1', 'withdrawn', true);
    expect(facts(change)).toEqual(['shipment-changed', REOPENED, 'reservations-freed {"freed":[{"reservationId":"r1","quantity":0,"items":[]}]}']);
    expect(() => sealParcel(change.shipment, 'p1', 'S-2', NOW)).toThrow('device-to-take-out');
    const out = takeOut(change.shipment, 'a', 'C-03');
    expect(facts(out)).toEqual([
      'device-unpacked {"parcelId":"p1","itemIds":["a"]}',
      'reservations-freed {"freed":[{"reservationId":"r1","quantity":0,"items":[{"itemId":"a","bin":"C-03"}]}]}',
    ]);
    expect(sealParcel(out.shipment, 'p1', 'S-2', NOW).shipment.state).toBe('packed');
  });

  it('frees at once what is still in its bin', () => {
    const change = dropLine(packing({ r1: ['a', 'b'] }, ['b']), 'r1', 'withdrawn', true);
    expect(facts(change).at(-1)).toBe('reservations-freed {"freed":[{"reservationId":"r1","quantity":0,"items":[{"itemId":"a","bin":"bin-a"}]}]}');
    expect(items(change.shipment)).toBe('a:dropped b:dropped');
    expect(change.shipment.state).toBe('cancelled');
  });

  it('stands after hand-over', () => {
    expect(facts(dropLine(handedOver({ r1: ['a'] }), 'r1', 'withdrawn', true))).toEqual([]);
  });

  it('gives a replacement back that comes after it was dropped', () => {
    const missing = reportMissing(picking({ r1: ['a', 'b'], r2: ['c'] }), 'a').shipment;
    const dropped = dropLine(missing, 'r1', 'withdrawn', true).shipment;
    const late = substituteItem(dropped, { reservationId: 'r1', missingItemId: 'a', replacement: { itemId: 'z', bin: null } });
    expect(facts(late)).toEqual(['reservations-freed {"freed":[{"reservationId":"r1","quantity":0,"items":[{"itemId":"z","bin":null}]}]}']);
  });
});

describe('cancelling', () => {
  it('frees the lines whole before they are committed', () => {
    const change = cancelShipment(planned({ r1: ['a', 'b'], r2: ['c'] }), 'other');
    expect(facts(change)).toEqual(['shipment-changed', 'reservations-freed {"freed":[{"reservationId":"r1","quantity":2,"rest":0},{"reservationId":"r2","quantity":1,"rest":0}]}']);
    expect(change.shipment.state).toBe('cancelled');
    expect(facts(cancelShipment(change.shipment, 'other'))).toEqual([]);
  });

  it('unpacks: devices in parcels are scanned back', () => {
    const change = cancelShipment(packed({ r1: ['a'], r2: ['b'] }), 'other');
    expect(facts(change)[1]).toBe(REOPENED);
    expect(change.shipment.state).toBe('cancelled');
    expect(change.shipment.parcels).toMatchObject([{ state: 'cancelled', seal: null }]);
    expect(takeOut(change.shipment, 'b', 'B-1').shipment.state).toBe('cancelled');
  });

  it('leaves alone what has left', () => {
    expect(() => cancelShipment(handedOver({ r1: ['a'] }), 'other')).toThrow('shipment-has-left');
    const partly = packDevices(openParcel(picking({ r1: ['a', 'b'] }), 'p1', NOW).shipment, 'p1', [{ itemId: 'a', scannedAt: null }], NOW).shipment;
    const gone = { ...partly, parcels: partly.parcels.map((p) => ({ ...p, state: 'handed-over' as const, seal: 'S' })) };
    const change = cancelShipment(gone, 'other');
    expect(facts(change).at(-1)).toBe('reservations-freed {"freed":[{"reservationId":"r1","quantity":1,"items":[{"itemId":"b","bin":"bin-b"}],"rest":1}]}');
    expect(change.shipment).toMatchObject({ state: 'handed-over', lines: [{ state: 'committed', quantity: 1 }] });
  });
});

describe('a recall', () => {
  it('pulls a device out of a sealed parcel and asks for another', () => {
    const change = recallItem(packed({ r1: ['a'], r2: ['b'] }), 'a');
    expect(facts(change)).toEqual(['shipment-changed', REOPENED, 'substitution-requested {"reservationId":"r1","missingItemId":"a"}']);
    expect(() => sealParcel(change.shipment, 'p1', 'S-2', NOW)).toThrow('recalled-device-in-parcel');
    const out = takeOut(change.shipment, 'a', 'Q-1');
    expect(items(out.shipment)).toBe('a:pulled b:packed');
    expect(facts(out)).toEqual(['device-unpacked {"parcelId":"p1","itemIds":["a"]}']);
  });

  it('is asked for once, whoever tells first: the recall or inventory', () => {
    const recalled = recallItem(picking({ r1: ['a'] }), 'a').shipment;
    expect(facts(withdrawItem(recalled, { reservationId: 'r1', itemId: 'a', remaining: 0 }))).toEqual([]);
    const withdrawn = withdrawItem(picking({ r1: ['a'] }), { reservationId: 'r1', itemId: 'a', remaining: 0 });
    expect(facts(withdrawn)).toEqual(['shipment-changed', 'substitution-requested {"reservationId":"r1","missingItemId":"a"}']);
    expect(facts(recallItem(withdrawn.shipment, 'a'))).toEqual([]);
  });

  it('makes a line smaller that is not committed yet', () => {
    const change = withdrawItem(planned({ r1: ['a', 'b'] }), { reservationId: 'r1', itemId: 'a', remaining: 1 });
    expect(change.shipment.lines).toMatchObject([{ quantity: 1, state: 'planned' }]);
    expect(withdrawItem(change.shipment, { reservationId: 'r1', itemId: 'b', remaining: 0 }).shipment.state).toBe('cancelled');
  });

  it('changes nothing of a shipment that has left', () => {
    expect(facts(recallItem(handedOver({ r1: ['a'] }), 'a'))).toEqual([]);
    const delivered = deliverParcel(handedOver({ r1: ['a'] }), 'p1', { at: NOW, receivedBy: 'other', missing: [], missingBefore: new Set() }).shipment;
    expect(facts(recallItem(delivered, 'a'))).toEqual([]);
  });
});

describe('a device that comes back and is granted again', () => {
  const partly = () => {
    const opened = packDevices(openParcel(picking({ r1: ['a', 'b'], r2: ['c'] }), 'p1', NOW).shipment, 'p1', [{ itemId: 'a', scannedAt: null }], NOW).shipment;
    const missing = reportMissing(reportMissing(opened, 'b').shipment, 'c').shipment;
    return { ...missing, parcels: missing.parcels.map((p) => ({ ...p, state: 'returned' as const, seal: 'S', sealIntact: true })) };
  };
  const grant = (reservationId: string, missingItemId: string) =>
    substituteItem(partly(), { reservationId, missingItemId, replacement: { itemId: 'a', bin: 'A-01' } }, { label: 'A', recalled: false });

  it('is packed for another line of the shipment', () => {
    const { shipment } = openParcel(grant('r2', 'c').shipment, 'p2', NOW);
    expect(packDevices(shipment, 'p2', [{ itemId: 'a', scannedAt: null }], NOW).answers).toEqual([undefined]);
  });

  it('is not counted twice by the line that sent it: it goes back and the line is short', () => {
    const change = grant('r1', 'b');
    expect(facts(change)).toEqual(['reservations-freed {"freed":[{"reservationId":"r1","quantity":1,"rest":1,"items":[{"itemId":"a","bin":null}]}]}']);
    expect(change.shipment.lines[0]).toMatchObject({ quantity: 1 });
  });
});
