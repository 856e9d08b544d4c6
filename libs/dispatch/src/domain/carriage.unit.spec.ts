import { facts, handedOver, NOW, packed, picking } from '../testing/given.js';
import { changeCarriage, deliverParcel, failParcel, handOverParcel, retryParcel, returnParcel } from './carriage.js';
import type { Shipment } from './shipment.js';

const CONTENT = '"content":[{"itemId":"a","reservationId":"r1"},{"itemId":"b","reservationId":"r1"}]';
const lines = { r1: ['a', 'b'] };
const deliver = (shipment: Shipment, missing: string[] = [], before: string[] = []) =>
  deliverParcel(shipment, 'p1', { at: NOW, receivedBy: 'employee', missing, missingBefore: new Set(before) });

describe('a parcel on its way', () => {
  it('leaves sealed only', () => {
    expect(() => handOverParcel(packed(lines), 'p2', 'driver', NOW)).toThrow('parcel-not-found');
    const change = handOverParcel(packed(lines), 'p1', 'driver', NOW);
    expect(facts(change)).toEqual([`parcel-handed-over {"parcelId":"p1",${CONTENT}}`]);
    expect(change.shipment.state).toBe('handed-over');
    expect(facts(handOverParcel(change.shipment, 'p1', 'driver', NOW))).toEqual([]);
  });

  it('is delivered, less what was missing', () => {
    const change = deliver(handedOver(lines), ['b']);
    expect(facts(change)).toEqual([`parcel-delivered {"parcelId":"p1",${CONTENT},"missing":["b"]}`]);
    expect(change.shipment.state).toBe('delivered');
    expect(facts(deliver(change.shipment, ['b'], ['b']))).toEqual([]);
    expect(() => deliver(change.shipment, [], ['b'])).toThrow('parcel-delivered-otherwise');
    expect(() => deliver(handedOver(lines), ['x'])).toThrow('missing-not-in-parcel');
  });

  it('fails, is tried again, fails and comes back', () => {
    const failed = failParcel(handedOver(lines), 'p1', 'nobody-there', NOW).shipment;
    expect(failed.state).toBe('failed');
    expect(() => handOverParcel(failed, 'p1', 'driver', NOW)).toThrow('parcel-not-in-state');
    const again = retryParcel(failed, 'p1', 'carrier', NOW);
    expect(facts(again)).toEqual([`parcel-sent-again {"parcelId":"p1",${CONTENT}}`]);
    expect(again.shipment).toMatchObject({ state: 'handed-over', parcels: [{ failure: null, takenBy: 'carrier' }] });
    const back = returnParcel(failParcel(again.shipment, 'p1', 'refused', NOW).shipment, 'p1', true, NOW);
    expect(facts(back)).toEqual([`parcel-returned {"parcelId":"p1",${CONTENT},"sealIntact":true}`]);
    expect(back.shipment.state).toBe('returned');
    expect(() => returnParcel(back.shipment, 'p1', false, NOW)).toThrow('parcel-not-in-state');
  });

  it('does not come back without having failed, nor is delivered before it left', () => {
    expect(() => returnParcel(handedOver(lines), 'p1', true, NOW)).toThrow('parcel-not-in-state');
    expect(() => deliver(packed(lines))).toThrow('parcel-not-in-state');
  });

  it('does not leave with a device that was recalled since it was sealed', () => {
    const sealed = packed(lines);
    const recalled = { ...sealed, items: sealed.items.map((item) => ({ ...item, recalled: item.itemId === 'b' })) };
    expect(() => handOverParcel(recalled, 'p1', 'driver', NOW)).toThrow('recalled-device-in-parcel');
  });

  it('changes its carrier only before it leaves', () => {
    expect(changeCarriage(picking(lines), 'fetched').shipment.carriage).toBe('fetched');
    expect(() => changeCarriage(handedOver(lines), 'fetched')).toThrow('shipment-has-left');
  });
});
