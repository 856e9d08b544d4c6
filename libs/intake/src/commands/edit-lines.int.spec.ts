import { randomUUID } from 'node:crypto';
import { actor } from '@lacollecte/testing';
import { endTask } from '../queries/tasks.js';
import { Dock, donorIn, newSerial } from '../testing/dock.js';
import { declineLot, submitLot } from './advance-lot.js';
import { addLines, changeLine, removeLines, type TypedLine } from './edit-lines.js';
import { describeLot, openLot } from './open-lot.js';

let dock: Dock;
beforeAll(async () => {
  dock = await Dock.open();
});
afterAll(() => dock.finish());
afterEach(() => dock.expectConsistent());

describe('a draft', () => {
  it('is opened by its donor, by a site for a gift, by a coordinator for a company that telephones', async () => {
    const donorId = dock.donor.organisationId;
    const open = (who: Parameters<Dock['as']>[0], more: object = {}) => dock.as(who, (tx) => openLot(tx, { title: 'A lot', ...more }));
    expect(await dock.show(await open(dock.donor, { donorId: randomUUID(), siteId: dock.siteId }))).toMatchObject({ donorId, siteId: null, origin: 'donor', state: 'draft', version: 1 });
    expect(await dock.show(await open(dock.operator, { donorId, siteId: dock.siteId }))).toMatchObject({ donorId, siteId: dock.siteId, origin: 'site' });
    expect(await dock.show(await open(dock.coordinator, { donorId }))).toMatchObject({ donorId, siteId: null, origin: 'coordinator' });
    await expect(open(dock.operator, { donorId })).rejects.toMatchObject({ code: 'site-missing' });
    await expect(open(dock.operator, { donorId, siteId: dock.otherSiteId })).rejects.toMatchObject({ code: 'site-not-yours' });
    await expect(open(dock.coordinator)).rejects.toMatchObject({ code: 'donor-missing' });
    await expect(open(actor('donor', { organisationId: randomUUID() }))).rejects.toMatchObject({ code: 'donor-not-approved' });
  });

  it('takes, changes and loses lines; what is wrong is said line by line', async () => {
    const lotId = await dock.draft([]);
    const [one, two] = [newSerial(), newSerial()];
    await dock.add(lotId, 1, { serial: ` ${one.toLowerCase()} `, declaredValue: '120', declaredValueMethod: 'book value', declaredValueProof: 'ledger 2026' }, { quantity: 12, maker: 'Dell' }, { serial: 'N/A' });
    const [first, second, third] = await dock.lines(lotId);
    expect(first).toMatchObject({ position: 1, serial: one, declaredValue: '120', declaredValueMethod: 'book value', declaredValueProof: 'ledger 2026' });
    expect(third).toMatchObject({ serial: null, quantity: 1 });
    await expect(dock.add(lotId, 1, {})).rejects.toMatchObject({ code: 'stale-version' });
    await expect(dock.add(lotId, 2, { serial: two, quantity: 2 }, { imei: '490154203237517' }, { serial: '3,56E+14' }, { serial: two }, { imei: '490154203237518', quantity: 3 })).rejects.toMatchObject({
      code: 'validation',
      fields: [
        { pointer: '/body/lines/0/quantity', code: 'serial-with-quantity' }, { pointer: '/body/lines/1/imei', code: 'imei-invalid' }, { pointer: '/body/lines/2/serial', code: 'serial-spoilt' },
        { pointer: '/body/lines/3/serial', code: 'serial-twice' }, { pointer: '/body/lines/4/quantity', code: 'serial-with-quantity' },
      ],
    });
    const change = (line: TypedLine, lineId = second!.id, version = 2) => dock.as(dock.donor, (tx) => changeLine(tx, { lotId, lineId, line, version }));
    await change({ category: 'monitor', quantity: 3 });
    expect((await dock.lines(lotId))[1]).toMatchObject({ id: second!.id, category: 'monitor', quantity: 3, maker: null });
    await expect(change({ category: 'laptop', serial: one, quantity: 1 }, second!.id, 3)).rejects.toMatchObject({ code: 'serial-in-open-lot' });
    await expect(change({ category: 'laptop', quantity: 1 }, randomUUID(), 3)).rejects.toMatchObject({ code: 'line-unknown' });
    await change({ category: 'desktop', serial: one, quantity: 1 }, first!.id, 3);
    const remove = (lineIds: string[], version: number) => dock.as(dock.donor, (tx) => removeLines(tx, { lotId, lineIds, version }));
    await expect(remove([third!.id, randomUUID()], 4)).rejects.toMatchObject({ code: 'line-unknown' });
    await remove([third!.id], 4);
    expect(await dock.show(lotId)).toMatchObject({ version: 5, declared: 4, awaited: 4 });
  });

  it('is described anew, and what is not given stays', async () => {
    const lotId = await dock.draft([]);
    await dock.as(dock.donor, (tx) => describeLot(tx, { lotId, version: 1, title: 'Twenty laptops', pickupWish: { floor: '3' } }));
    await dock.as(dock.donor, (tx) => describeLot(tx, { lotId, version: 2, earmark: '69' }));
    expect(await dock.show(lotId)).toMatchObject({ version: 3, title: 'Twenty laptops', pickupWish: { floor: '3' }, earmark: '69' });
  });

  it('takes no serial of another open lot of its donor, but one of another donor: a coordinator looks at that', async () => {
    const [mine, theirs] = [newSerial(), newSerial()];
    const open = await dock.submitted([{ serial: mine }]);
    const lotId = await dock.draft([]);
    await expect(dock.add(lotId, 1, { serial: mine })).rejects.toMatchObject({ code: 'serial-in-open-lot', params: { serial: mine } });
    await dock.as(dock.coordinator, (tx) => declineLot(tx, { lotId: open, reason: 'twice', version: 3 }));
    await dock.add(lotId, 1, { serial: mine });

    const stranger = await donorIn(dock.db);
    const elsewhere = await dock.submitted([{ serial: theirs }], stranger);
    await dock.add(lotId, 2, { serial: theirs });
    await dock.as(dock.donor, (tx) => submitLot(tx, { lotId, version: 3 }));
    const [task] = await dock.tasks('serial-in-other-lot', lotId);
    expect(task?.detail).toEqual({ count: 1, serials: [theirs], lots: [elsewhere] });
    expect(await dock.tasks('serial-in-other-lot', elsewhere)).toEqual([]);
    for (let time = 0; time < 2; time++) await dock.as(dock.coordinator, (tx) => endTask(tx, task!.id));
    expect(await dock.tasks('serial-in-other-lot', lotId)).toEqual([]);
    await expect(dock.as(dock.coordinator, (tx) => endTask(tx, randomUUID()))).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is changed by an operator only where it goes to their site', async () => {
    const theirs = await dock.draft([]);
    const addAs = (lotId: string) => dock.as(dock.operator, (tx) => addLines(tx, { lotId, version: 1, lines: [{ category: 'laptop', quantity: 1 }] }));
    await expect(addAs(theirs)).rejects.toMatchObject({ code: 'site-not-yours' });
    const gift = await dock.draft([], dock.operator, { donorId: dock.donor.organisationId, siteId: dock.siteId });
    await addAs(gift);
    await expect(dock.as(dock.otherOperator, (tx) => submitLot(tx, { lotId: gift, version: 2 }))).rejects.toMatchObject({ code: 'site-not-yours' });
  });
});
