import { listLines } from '../queries/lots.js';
import { listPickups } from '../queries/pickups.js';
import { Dock, donorIn } from '../testing/dock.js';
import { removeLines } from './edit-lines.js';
import { receiveDevices } from './receive-devices.js';

let dock: Dock;
beforeAll(async () => {
  dock = await Dock.open();
});
afterAll(() => dock.finish());

const SERIALS = Array.from({ length: 60 }, (_, i) => `SN-${i}`);

it.each([['labels', true], ['serials', false]])('two lists with the same %s in opposite orders do not wait for each other for ever', async (what, sameLabels) => {
  const serials = SERIALS.map((serial) => `${what}-${serial}`.toUpperCase());
  const { lotId, receptionId } = await dock.receiving(serials.map((serial) => ({ serial })));
  const labels = await dock.labels(60);
  const others = sameLabels ? labels.toReversed() : await dock.labels(60);
  const list = (codes: readonly string[], of: readonly string[]) =>
    dock.as(dock.operator, (tx) => receiveDevices(tx, { receptionId, scans: codes.map((label, i) => ({ label, serial: of[i]! })) }));
  const [one, two] = await Promise.all([list(labels, serials), list(others, serials.toReversed())]);
  const received = [...one, ...two].filter(({ status }) => status === 'received');
  // The same label on the same device is answered as before; the same device under another label is refused.
  expect(received).toHaveLength(sameLabels ? 120 : 60);
  expect(await dock.sums(lotId)).toMatchObject({ received: 60, awaited: 0, unexpected: 0 });
});

it('a label on a device of another lot is refused, also where the scan names no serial', async () => {
  const [one, two] = [await dock.receiving([{ quantity: 1 }]), await dock.receiving([{ category: 'monitor', quantity: 1 }])];
  const { label } = await dock.scan(one.receptionId, { category: 'laptop' });
  await expect(dock.scan(two.receptionId, { label, category: 'monitor' })).rejects.toMatchObject({ code: 'label-used' });
  expect(await dock.sums(two.lotId)).toMatchObject({ received: 0, awaited: 1 });
});

it('pick-ups of another donor’s lot are not there, rather than none', async () => {
  const { lotId } = await dock.receiving([{ quantity: 1 }]);
  const stranger = await donorIn(dock.db);
  await expect(dock.as(stranger, (tx) => listPickups(tx, lotId))).rejects.toMatchObject({ code: 'not-found' });
  expect(await dock.as(dock.donor, (tx) => listPickups(tx, lotId))).toEqual([]);
});

it('lines are shown once over all pages; where the last one seen is gone, its reader is told to begin again', async () => {
  const lotId = await dock.draft(SERIALS.slice(0, 25).map((serial) => ({ serial })));
  const page = (after?: string) => dock.as(dock.donor, (tx) => listLines(tx, lotId, { limit: 10, after }));
  const first = await page();
  const second = await page(first.next!);
  const third = await page(second.next!);
  expect([...first.items, ...second.items, ...third.items].map((line) => (line as object as { serial: string }).serial)).toEqual(SERIALS.slice(0, 25));
  expect(third.next).toBeNull();
  await dock.as(dock.donor, (tx) => removeLines(tx, { lotId, lineIds: [first.items.at(-1)!.id], version: 2 }));
  await expect(page(first.next!)).rejects.toMatchObject({ code: 'bad-cursor' });
});
