import { JobWorker, LAST_ATTEMPT, type Queues } from '@lacollecte/messaging';
import { createLog } from '@lacollecte/runtime';
import { confirmManifest } from '../commands/decide-manifest.js';
import { giveUpImport, takeLinesBack } from '../commands/fail-manifest.js';
import { importPart } from '../commands/import-manifest-part.js';
import { manifestInvariants } from '../manifest-invariants.js';
import { PART_ROWS } from '../manifest/read-manifest.js';
import { Intake, laptops } from '../testing/manifests.js';
import { manifestJobs } from './manifest-jobs.js';

let intake: Intake;
beforeEach(async () => {
  intake = await Intake.open();
});
afterEach(async () => {
  await expectConsistent();
  await intake.db.close();
});

async function expectConsistent(): Promise<void> {
  for (const rule of manifestInvariants) expect({ rule: rule.name, broken: await intake.db.sql(rule.violations) }).toEqual({ rule: rule.name, broken: [] });
}

const idle: Queues = { check: () => Promise.resolve(), queue: () => { throw new Error('not used'); }, worker: () => ({ close: async () => undefined }) };

/** As many runs as it takes to give the waiting job of this queue up. */
async function runUntilGivenUp(queue: string): Promise<void> {
  const id = await intake.jobOf(queue);
  const worker = new JobWorker(intake.db.database.worker, idle, manifestJobs.find((job) => job.definition.queue === queue)!, createLog('silent'));
  for (let n = 1; n <= LAST_ATTEMPT; n++) await expect(worker.run(id)).rejects.toThrow('a defect');
  expect(await intake.db.sql('select attempt, error, done_at is not null as done from job where id = $1', [id])).toEqual([{ attempt: LAST_ATTEMPT, error: 'a defect', done: true }]);
}

async function breakInserts(table: string, when: string): Promise<void> {
  await intake.db.sql(`create function fail() returns trigger language plpgsql as $$ begin raise exception 'a defect'; end $$;
    create trigger broken before insert on ${table} for each row when (${when}) execute function fail()`);
}
const mend = (table: string) => intake.db.sql(`drop trigger broken on ${table}`);
const confirmed = async (lotId: string, list: string) => {
  const { id, version } = await intake.preview(lotId, list);
  await intake.as(intake.donor, (tx) => confirmManifest(tx, { manifestId: id, version, submit: false }));
  return id;
};
const count = async (lotId: string): Promise<number> => (await intake.db.sql('select 1 from lot_line where lot_id = $1', [lotId])).length;

test('a list that a defect of ours keeps from being read has failed, says so, and can be sent again', async () => {
  const lotId = await intake.lot();
  const { id } = await intake.upload(lotId, laptops(3));
  await breakInserts('manifest_part', 'true');
  await runUntilGivenUp('intake-read-manifest');
  const text = { fr: expect.stringContaining('de notre côté'), en: expect.stringContaining('on our side') };
  expect(await intake.show(id)).toMatchObject({ state: 'failed', problem: { code: 'manifest-not-read', text } });
  await mend('manifest_part');
  expect(await intake.preview(lotId, laptops(3))).toMatchObject({ state: 'previewed', accepted: 3 });
});

test('a list half of which a defect keeps from being imported has failed, gives its lines back, and can be sent again', async () => {
  const lotId = await intake.lot();
  const list = `${laptops(PART_ROWS + 10)}laptop;HP;x;\n`;
  const id = await confirmed(lotId, list);
  await breakInserts('lot_line', `new.position > ${PART_ROWS}`);
  await runUntilGivenUp('intake-import-manifest');
  const text = { fr: expect.stringContaining('de notre côté'), en: expect.stringContaining('on our side') };
  expect(await intake.show(id)).toMatchObject({ state: 'failed', problem: { code: 'manifest-not-imported', text } });
  expect(await count(lotId)).toBe(0);
  const [announced] = await intake.db.sql<{ data: string }>(`select data from outbox where topic = 'intake.lot' order by position desc limit 1`);
  expect(JSON.parse(announced!.data)).toMatchObject({ state: 'draft', declared: 0 });
  await mend('lot_line');
  await confirmed(lotId, list);
  await intake.import();
  expect(await count(lotId)).toBe(PART_ROWS + 11);
});

test('a run that overlapped imports nothing of a list that was given up, and lines go in steps', async () => {
  const lotId = await intake.lot();
  const id = await confirmed(lotId, laptops(PART_ROWS + 10));
  await intake.db.worker((tx) => importPart(tx, id, 0));
  expect(await intake.db.worker((tx) => takeLinesBack(tx, id, PART_ROWS - 1))).toBe(true);
  expect(await count(lotId)).toBe(1);
  await breakInserts('lot_line', 'true');
  await runUntilGivenUp('intake-import-manifest');
  await mend('lot_line');
  expect(await intake.db.worker((tx) => importPart(tx, id, 1))).toBe(false);
  expect(await count(lotId)).toBe(0);
});

test('a lot that was submitted meanwhile keeps what was imported', async () => {
  const lotId = await intake.lot();
  const id = await confirmed(lotId, laptops(PART_ROWS + 10));
  await intake.db.worker((tx) => importPart(tx, id, 0));
  await intake.db.sql(`update lot set state = 'submitted' where id = $1`, [lotId]);
  expect(await intake.db.worker((tx) => takeLinesBack(tx, id))).toBe(false);
  await intake.db.worker((tx) => giveUpImport(tx, id));
  expect(await intake.show(id)).toMatchObject({ state: 'failed', problem: { code: 'lot-state' } });
  expect(await count(lotId)).toBe(PART_ROWS);
});
