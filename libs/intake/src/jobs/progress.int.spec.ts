import { confirmManifest } from '../commands/decide-manifest.js';
import { PART_ROWS } from '../manifest/read-manifest.js';
import { Died, Intake, laptops } from '../testing/manifests.js';

let intake: Intake;
beforeEach(async () => {
  intake = await Intake.open();
});
afterEach(() => intake.db.close());

test('how far the job at work has come is told by its share of the file, then of the parts; nothing where none is', async () => {
  const text = laptops(PART_ROWS * 4, 'a-serial-long-enough-for-a-file-of-some-hundred-kilobytes');
  const { id } = await intake.upload(await intake.lot(), text);
  const progress = async () => (await intake.show(id)).progress as number | null;
  expect(await progress()).toBe(0);
  const shareOf = (parts: number) => (parts === 0 ? 0 : text.split('\n').slice(0, parts * PART_ROWS + 1).join('\n').length / text.length);
  let before = 0;
  for (let diesAfter = 1; !(await intake.read({ diesAfter }).then(() => true, () => false)); diesAfter++) {
    const [row] = await intake.db.sql<{ parts: number }>('select next_part as parts from manifest_reading where manifest_id = $1', [id]);
    const now = (await progress())!;
    expect(now).toBeGreaterThanOrEqual(Math.max(before, shareOf(row!.parts)));
    // The file is read 64 kB at a time.
    expect(now).toBeLessThanOrEqual(Math.min(1, shareOf(row!.parts) + (row!.parts === 0 ? 0 : 65_536 / text.length)));
    before = now;
  }
  expect(before).toBe(1);
  const shown = await intake.show(id);
  expect(shown).toMatchObject({ state: 'previewed', progress: null });
  await intake.as(intake.donor, (tx) => confirmManifest(tx, { manifestId: id, version: shown.version, submit: false }));
  expect(await progress()).toBe(0);
  // It looks for the parts that are left, then moves one in each transaction.
  await expect(intake.import({ diesAfter: 4 })).rejects.toThrow(Died);
  expect(await progress()).toBe(0.75);
  await intake.import();
  expect(await intake.show(id)).toMatchObject({ state: 'imported', progress: null });
});
