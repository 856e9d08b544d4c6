import { refuseDevice } from './commands/refuse-device.js';
import { settleDevice } from './commands/settle-device.js';
import { invariants } from './invariants.js';
import { Dock } from './testing/dock.js';

let dock: Dock;
/** A lot whose only device is delivered, so that it is closed: one was refused, one is missing. */
beforeAll(async () => {
  dock = await Dock.open();
  const { lotId, receptionId } = await dock.receiving([{ quantity: 3 }]);
  const { deviceId } = await dock.scan(receptionId, { category: 'laptop' });
  await dock.as(dock.operator, (tx) => refuseDevice(tx, { receptionId, category: 'laptop', reason: 'leased' }));
  await dock.close(receptionId);
  await dock.end(lotId);
  await dock.db.worker((tx) => settleDevice(tx, { deviceId, lotId }, 'delivered'));
});
afterAll(() => dock.finish());

it('each rule holds, and had something to look at', async () => {
  await dock.expectConsistent();
  for (const { examined } of invariants) expect(Number((await dock.db.sql<{ n: string }>(examined))[0]?.n)).toBeGreaterThan(0);
});

it.each([
  ['line-sums', 'update lot_line set received = 2'],
  ['line-sums', 'update lot_line set refused = 0'],
  ['line-sums', 'update device set line_id = null'],
  ['line-sums', 'delete from dock_refusal'],
  ['lot-sums', `update outbox set data = jsonb_set(data::jsonb, '{awaited}', '1') where topic = 'intake.lot'`],
  ['lot-sums', `update outbox set data = jsonb_set(data::jsonb, '{missing}', '0') where topic = 'intake.lot'`],
  ['lot-sums', 'update lot_line set quantity = 4'],
  ['closed-lots-settled', `update device set state = 'received', outcome = null`],
  ['closed-lots-settled', `update reception set state = 'open'`],
  ['label-used-once', 'update label set device_id = null'],
  ['label-used-once', `update device set label = 'LC-7K3M-9QAT'`],
])('%s is seen to be broken by: %s', async (name, corruption) => {
  await dock.db.sql('begin');
  await dock.db.sql(corruption);
  const rows = await dock.db.sql(invariants.find((one) => one.name === name)!.violations);
  await dock.db.sql('rollback');
  expect(rows).toHaveLength(1);
});

it('the database itself refuses more devices of a line than were declared, and a second device of one label', async () => {
  await expect(dock.db.sql('update lot_line set received = received + 2')).rejects.toThrow('violates check constraint');
  await expect(dock.db.sql('insert into device select (jsonb_populate_record(d, jsonb_build_object(\'id\', gen_random_uuid()))).* from device d')).rejects.toThrow('device_label_key');
});
