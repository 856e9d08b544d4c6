import { confirmManifest, correctManifest, discardManifest } from '../commands/decide-manifest.js';
import { manifestInvariants } from '../manifest-invariants.js';
import { PART_ROWS } from '../manifest/read-manifest.js';
import { Intake, laptops } from '../testing/manifests.js';
import { removeManifestFiles } from './manifest-files.js';

let intake: Intake;
beforeEach(async () => {
  intake = await Intake.open();
});
afterEach(() => intake.db.close());

/** As the sweeper does: until nothing is due. */
async function sweep(): Promise<void> {
  while ((await intake.db.worker((tx) => removeManifestFiles.run(tx))) > 0);
}
const counts = async () => {
  const [row] = await intake.db.sql(`select (select count(*)::int from manifest_chunk) as chunks, (select count(*)::int from manifest_part) as parts,
    (select count(*)::int from manifest_refusal) as refusals, (select count(*)::int from manifest_reading) as readings`);
  return row;
};
const TEXT = `${laptops(PART_ROWS + 5)}bidule;x;x;Z1\n`;

test('a file stays for its days after the import, and then goes with the rows it was refused', async () => {
  const shown = await intake.preview(await intake.lot(), TEXT);
  await sweep();
  expect(await counts()).toEqual({ chunks: 1, parts: 2, refusals: 1, readings: 1 });
  await intake.as(intake.donor, (tx) => confirmManifest(tx, { manifestId: shown.id, version: shown.version, submit: false }));
  await sweep();
  expect(await counts()).toMatchObject({ parts: 2 });
  await intake.import();
  await intake.db.sql(`update manifest set decided_at = now() - interval '29 days'`);
  await sweep();
  expect(await counts()).toEqual({ chunks: 1, parts: 0, refusals: 1, readings: 1 });
  await intake.db.sql(`update manifest set decided_at = now() - interval '31 days'`);
  await sweep();
  expect(await counts()).toEqual({ chunks: 0, parts: 0, refusals: 0, readings: 0 });
  expect(await intake.show(shown.id)).toMatchObject({ state: 'imported', rows: PART_ROWS + 6, accepted: PART_ROWS + 5, refused: 1, sample: [] });
  expect(await intake.db.sql('select count(*)::int as n from lot_line')).toEqual([{ n: PART_ROWS + 5 }]);
  for (const rule of manifestInvariants) expect(await intake.db.sql(rule.violations)).toEqual([]);
});

test('the days are a setting', async () => {
  const shown = await intake.preview(await intake.lot(), TEXT);
  await intake.as(intake.donor, (tx) => discardManifest(tx, { manifestId: shown.id, version: shown.version }));
  await intake.db.sql(`insert into setting (name, value, updated_by) values ('manifestDays', '60', 'test')`);
  await intake.db.sql(`update manifest set decided_at = now() - interval '31 days'`);
  await sweep();
  expect(await counts()).toMatchObject({ chunks: 1, parts: 0, refusals: 1 });
});

test('what an earlier reading found goes once another began', async () => {
  const shown = await intake.preview(await intake.lot(), TEXT);
  await intake.as(intake.donor, (tx) => correctManifest(tx, { manifestId: shown.id, version: shown.version, fields: null, category: 'desktop' }));
  await sweep();
  expect(await counts()).toMatchObject({ chunks: 1, parts: 0, refusals: 0 });
  await intake.read();
  expect(await intake.show(shown.id)).toMatchObject({ accepted: PART_ROWS + 6, refused: 0 });
  await sweep();
  expect(await counts()).toMatchObject({ chunks: 1, parts: 2, refusals: 0 });
});

test('chunks without a manifest go after a day', async () => {
  await intake.upload(await intake.lot(), TEXT);
  await intake.db.sql(`insert into manifest_chunk (manifest_id, n, donor_id, bytes, created_at) values
    (gen_random_uuid(), 0, $1, 'x', now() - interval '25 hours'), (gen_random_uuid(), 0, $1, 'x', now() - interval '23 hours')`, [intake.donorId]);
  await intake.db.sql(`update manifest_chunk set created_at = now() - interval '25 hours' where manifest_id in (select id from manifest)`);
  await sweep();
  expect(await counts()).toMatchObject({ chunks: 2 });
});

test('the list of a lot that was cancelled is given up', async () => {
  const lotId = await intake.lot();
  const shown = await intake.preview(lotId, TEXT);
  await intake.db.sql(`update lot set state = 'cancelled' where id = $1`, [lotId]);
  await sweep();
  expect(await intake.show(shown.id)).toMatchObject({ state: 'discarded', version: shown.version + 1 });
  expect(await counts()).toMatchObject({ parts: 0 });
});
