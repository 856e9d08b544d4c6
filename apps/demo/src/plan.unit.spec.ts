import { type Line, planDevices, usableComputers } from './plan.js';

function line(more: Partial<Line> = {}): Line {
  return { id: 'l', category: 'laptop', maker: 'Dell', model: 'Latitude 5490', serial: null, imei: null, quantity: 1, declined: 0, condition: null, ...more };
}
const named = (count: number): Line[] => Array.from({ length: count }, (_, i) => line({ id: `l${i}`, serial: `S${i}` }));
const count = (devices: readonly { arrival: string }[], arrival: string): number => devices.filter((device) => device.arrival === arrival).length;

describe('what happens at the dock', () => {
  it('is 3 % missing, 2 refused and 2 % unexpected of 240', () => {
    const devices = planDevices(named(240), 1);
    expect({ missing: count(devices, 'missing'), refused: count(devices, 'refused'), unexpected: count(devices, 'unexpected'), received: count(devices, 'received') })
      .toEqual({ missing: 7, refused: 2, unexpected: 5, received: 231 });
  });

  it('befalls the same devices with the same seed, others with another', () => {
    const fates = (seed: number): string[] => planDevices(named(100), seed).map(({ arrival }) => arrival);
    expect(fates(1)).toEqual(fates(1));
    expect(fates(1)).not.toEqual(fates(2));
  });

  it('spares a list of a few', () => {
    expect(planDevices(named(3), 1).map(({ arrival }) => arrival)).toEqual(['received', 'received', 'received']);
    expect(planDevices([], 1)).toEqual([]);
  });

  it('takes each of a number, with a serial of its own; not what was declined, and no accessory', () => {
    const devices = planDevices([line({ quantity: 8, declined: 3 }), line({ category: 'accessory', quantity: 50 })], 1);
    expect(devices).toHaveLength(5);
    expect(new Set(devices.map(({ serial }) => serial)).size).toBe(5);
    expect(devices.every((device) => !device.named)).toBe(true);
  });

  it('brings nothing unexpected of a kind that is counted: it would be one of the number', () => {
    const devices = planDevices([...named(100), line({ category: 'monitor', quantity: 100 })], 1);
    expect(devices.filter(({ arrival }) => arrival === 'unexpected').map(({ category }) => category)).toEqual(['laptop', 'laptop', 'laptop', 'laptop']);
    const counted = planDevices([line({ quantity: 100 })], 1).filter(({ arrival }) => arrival === 'unexpected');
    expect(counted.map(({ category }) => category)).toEqual(['all-in-one', 'all-in-one']);
  });
});

it('a pick-up is free for computers', () => {
  expect(usableComputers([line({ quantity: 10, declined: 2 }), line({ category: 'smartphone', quantity: 4 }), line({ category: 'monitor', quantity: 90 })])).toBe(12);
});
