import { randomUUID } from 'node:crypto';
import { World } from '../testing/world.js';
import { deliverParcel } from './deliver-parcel.js';
import { receiveReturn } from './receive-return.js';
import { reportBroken } from './report-broken.js';

describe('a structure that reports a device broken', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.create();
  });
  afterEach(() => world.check());
  afterAll(() => world.db.close());

  const delivered = async (occurredAt?: string) => {
    const packed = await world.packed('handed-over');
    const [one, two] = packed.devices;
    if (!one || !two) throw new Error('two devices were packed');
    const structure = world.structure(packed);
    await world.db.as(structure, (tx) => deliverParcel(tx, { ...packed, receivedBy: 'employee', missing: [two.label], ...(occurredAt !== undefined && { occurredAt }) }));
    return { ...packed, one, two, structure };
  };

  it('asks it back once, by its label, and the site receives it', async () => {
    const { one, structure, siteId, operator, shipmentId } = await delivered();
    const asked = await world.db.as(structure, (tx) => reportBroken(tx, { device: one.label, fault: 'screen' }));
    expect(asked).toMatchObject({ state: 'requested', deviceId: one.id, label: one.label, siteId, shipmentId, reason: 'screen', reasonText: { en: 'Its screen no longer works.' } });
    expect(await world.db.as(structure, (tx) => reportBroken(tx, { device: one.id, fault: 'battery' }))).toEqual(asked);
    expect(await world.returnsOf(one.id)).toEqual(['return-requested']);
    await world.db.as(operator, (tx) => receiveReturn(tx, { returnId: asked.returnId }));
    await expect(world.db.as(structure, (tx) => reportBroken(tx, { device: one.label, fault: 'screen' }))).rejects.toThrow('return-not-in-state');
  });

  it('is refused for what did not arrive, has not arrived, or is another structure\'s', async () => {
    const { one, two, structure } = await delivered();
    await expect(world.db.as(structure, (tx) => reportBroken(tx, { device: two.label, fault: 'screen' }))).rejects.toThrow('return-not-in-state');
    const stranger = world.structure({ structureId: randomUUID() });
    await expect(world.db.as(stranger, (tx) => reportBroken(tx, { device: one.label, fault: 'screen' }))).rejects.toThrow('device-not-delivered');
    const under = await world.packed('handed-over');
    await expect(world.db.as(world.structure(under), (tx) => reportBroken(tx, { device: under.devices[0]?.label ?? '', fault: 'screen' }))).rejects.toThrow('device-not-delivered');
  });

  it('is refused long after the delivery', async () => {
    const { one, structure } = await delivered(new Date(Date.now() - 200 * 86_400_000).toISOString());
    await expect(world.db.as(structure, (tx) => reportBroken(tx, { device: one.label, fault: 'battery' }))).rejects.toThrow('after-sales-ended');
  });
});
