import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import type { Category } from '@lacollecte/contracts';
import { actor } from '@lacollecte/testing';
import { manifestInvariants } from '../manifest-invariants.js';
import type { Field } from '../manifest/fields.js';
import { PART_ROWS } from '../manifest/read-manifest.js';
import { listRefusals } from '../queries/manifests.js';
import { Died, Intake, laptops } from '../testing/manifests.js';
import { fixture } from '../testing/read-list.js';
import { addLines } from './edit-lines.js';
import { confirmManifest, correctManifest, discardManifest } from './decide-manifest.js';

let intake: Intake;
beforeEach(async () => {
  intake = await Intake.open();
});
afterEach(async () => {
  await expectConsistent();
  await intake.db.close();
});

/** Whatever happened: the invariants hold, and versions have no gap, each with its event in the row's last state. */
async function expectConsistent(): Promise<void> {
  for (const rule of manifestInvariants) expect({ rule: rule.name, broken: await intake.db.sql(rule.violations) }).toEqual({ rule: rule.name, broken: [] });
  expect(await intake.db.sql(`
    select m.id from manifest m left join (select key, count(*) as n, max(version) as version, (array_agg(data order by version desc))[1]::jsonb ->> 'state' as state
      from outbox where topic = 'intake.manifest' group by key) e on e.key = m.id::text
    where e.n is distinct from m.version or e.version is distinct from m.version or e.state is distinct from m.state`)).toEqual([]);
}

const confirm = (manifest: { id: string; version: number }, submit = false) =>
  intake.as(intake.donor, (tx) => confirmManifest(tx, { manifestId: manifest.id, version: manifest.version, submit }));
const lines = (lotId: string) => intake.db.sql<{ serial: string | null; quantity: number; position: number; category: string }>('select serial, quantity, position, category from lot_line where lot_id = $1 order by position', [lotId]);
const refusals = async (manifestId: string) =>
  (await intake.as(intake.donor, (tx) => listRefusals(tx, manifestId, { limit: 200 }))).items as { line: number; column: string; value: string; code: string; reason: { fr: string; en: string } }[];

test('a list is uploaded, read, shown, confirmed and imported, and its lot submitted', async () => {
  const lotId = await intake.lot();
  const uploaded = await intake.upload(lotId, fixture('parc-240.csv'));
  expect(uploaded).toMatchObject({ state: 'uploaded', version: 1, filename: 'list.csv' });
  await intake.read();
  const shown = await intake.show(uploaded.id);
  expect(shown).toMatchObject({ state: 'previewed', version: 3, rows: 240, accepted: 240, refused: 0, devices: 240, read: 240 });
  expect(shown.sample).toHaveLength(10);
  expect((shown.sample as object[])[0]).toMatchObject({ line: 2, category: 'laptop', serial: '5CG95YAYU9', declaredValue: '64.41', condition: 'État moyen' });
  expect(await lines(lotId)).toEqual([]);
  await confirm(shown, true);
  expect(await lines(lotId)).toEqual([]);
  await intake.import();
  expect(await intake.show(shown.id)).toMatchObject({ state: 'imported', version: 5, accepted: 240 });
  const imported = await lines(lotId);
  expect(imported.map((line) => line.position)).toEqual(Array.from({ length: 240 }, (_, i) => i + 1));
  expect(imported[0]).toMatchObject({ serial: '5CG95YAYU9', quantity: 1 });
  expect(await intake.db.sql('select state, version from lot where id = $1', [lotId])).toEqual([{ state: 'submitted', version: 3 }]);
  const events = await intake.db.sql<{ type: string; data: string }>(`select type, data from outbox where topic = 'intake.lot' order by position`);
  expect(events.map((event) => event.type.split('.')[3])).toEqual(['lot-opened', 'lot-changed', 'lot-submitted']);
  expect(JSON.parse(events[1]!.data)).toMatchObject({ declared: 240, awaited: 240 });
});

test('a serial given twice is refused after its first row, across the parts of a long list, and one in another open lot too', async () => {
  const other = await intake.lot();
  await intake.as(intake.donor, (tx) => addLines(tx, { lotId: other, version: 1, lines: [{ category: 'laptop', serial: 'SN-7', quantity: 1 }] }));
  const lotId = await intake.lot();
  const text = `${laptops(PART_ROWS + 10)}laptop;HP;x; sn-3 \nlaptop;HP;x;NEW\nlaptop;HP;x;NEW\nlaptop;HP;x;N/A\nlaptop;HP;x;N/A\n`;
  const shown = await intake.preview(lotId, text);
  expect(shown).toMatchObject({ state: 'previewed', rows: PART_ROWS + 15, accepted: PART_ROWS + 12, refused: 3 });
  expect((await refusals(shown.id)).map(({ line, column, value, code }) => ({ line, column, value, code }))).toEqual([
    { line: 9, column: 'serial', value: 'SN-7', code: 'serial-in-lot' },
    { line: PART_ROWS + 12, column: 'serial', value: 'SN-3', code: 'serial-twice' },
    { line: PART_ROWS + 14, column: 'serial', value: 'NEW', code: 'serial-twice' },
  ]);
  expect((await refusals(shown.id))[0]!.reason).toEqual({ fr: 'numéro de série déjà dans un de vos dons en cours', en: 'serial in another open lot of yours' });
});

test('a run that dies between its steps is gone on with, without a row twice, wherever it dies', async () => {
  const text = `${laptops(PART_ROWS * 2 + 5)}laptop;HP;x;SN-1\n`;
  // Eight transactions read three parts (start, the file's chunk, the parts, two that compare, the end), seven import them.
  for (const diesAfter of [0, 1, 2, 3, 4, 5, 6, 7]) {
    const lotId = await intake.lot();
    const { id } = await intake.upload(lotId, text.replaceAll('SN-', `D${diesAfter}-`));
    await expect(intake.read({ diesAfter })).rejects.toThrow(Died);
    await intake.read();
    const shown = await intake.show(id);
    expect(shown).toMatchObject({ state: 'previewed', rows: PART_ROWS * 2 + 6, accepted: PART_ROWS * 2 + 5, refused: 1 });
    await confirm(shown);
    await expect(intake.import({ diesAfter: Math.min(diesAfter, 6) })).rejects.toThrow(Died);
    await intake.import();
    const imported = await lines(lotId);
    expect(imported).toHaveLength(PART_ROWS * 2 + 5);
    expect(new Set(imported.map((line) => line.serial)).size).toBe(PART_ROWS * 2 + 5);
  }
});

test('runs that overlap store and import each row once', async () => {
  const lotId = await intake.lot();
  const { id } = await intake.upload(lotId, laptops(PART_ROWS * 3));
  const reading = await intake.jobOf('intake-read-manifest');
  await Promise.all([intake.runJob(reading), intake.runJob(reading), intake.runJob(reading)]);
  const shown = await intake.show(id);
  expect(shown).toMatchObject({ state: 'previewed', version: 3, accepted: PART_ROWS * 3, refused: 0 });
  await confirm(shown, true);
  const importing = await intake.jobOf('intake-import-manifest');
  await Promise.all([intake.runJob(importing), intake.runJob(importing), intake.runJob(importing)]);
  expect(await intake.show(id)).toMatchObject({ state: 'imported', version: 5 });
  expect(await lines(lotId)).toHaveLength(PART_ROWS * 3);
  expect(await intake.db.sql('select state from lot where id = $1', [lotId])).toEqual([{ state: 'submitted' }]);
  expect(await intake.db.sql(`select 1 from job where done_at is null`)).toEqual([]);
});

test('a shutdown ends a run after its step, and the next goes on', async () => {
  const { id } = await intake.upload(await intake.lot(), laptops(20));
  const stopping = new AbortController();
  stopping.abort();
  await expect(intake.read({ signal: stopping.signal })).rejects.toThrow('aborted');
  expect(await intake.show(id)).toMatchObject({ state: 'reading', version: 2 });
  await intake.read();
  expect(await intake.show(id)).toMatchObject({ state: 'previewed', version: 3, accepted: 20 });
});

test('a corrected mapping and a category are read again from the start; an older reading changes nothing any more', async () => {
  const lotId = await intake.lot();
  const before = await intake.preview(lotId, fixture('asset-manager-cr.csv'));
  expect(before).toMatchObject({ accepted: 0, refused: 12 });
  await expect(confirm(before)).rejects.toMatchObject({ code: 'manifest-empty' });
  const correct = (version: number, fields: (Field | null)[] | null, category: Category | null) =>
    intake.as(intake.donor, (tx) => correctManifest(tx, { manifestId: before.id, version, fields, category }));
  await expect(correct(2, null, 'laptop')).rejects.toMatchObject({ code: 'stale-version' });
  await expect(correct(before.version, ['serial', 'serial'], 'laptop')).rejects.toMatchObject({ code: 'validation' });
  await correct(before.version, null, 'laptop');
  const older = await intake.jobOf('intake-read-manifest');
  expect(await intake.show(before.id)).toMatchObject({ state: 'reading', version: 4, rows: 0 });
  await intake.runJob(older);
  const after = await intake.show(before.id);
  expect(after).toMatchObject({ state: 'previewed', version: 5, accepted: 12, refused: 0, category: 'laptop' });
  expect(await refusals(before.id)).toEqual([]);
  const columns = after.columns as { header: string; field: string | null }[];
  await correct(after.version, columns.map(({ header }) => (header === 'Asset Tag' ? 'serial' : null)), 'desktop');
  await intake.read();
  const last = await intake.show(before.id);
  expect(last).toMatchObject({ state: 'previewed', version: 7, accepted: 12, category: 'desktop' });
  expect((last.sample as object[])[0]).toMatchObject({ serial: 'A-1000', model: null, category: 'desktop' });
  await confirm(last);
  await intake.import();
  expect((await lines(lotId)).map((line) => line.serial)).toEqual(Array.from({ length: 12 }, (_, i) => `A-${1000 + i}`));
});

test('two lots confirmed with the same list: the one imported second has its rows refused then', async () => {
  const [first, second] = [await intake.lot(), await intake.lot()];
  const [one, two] = [await intake.preview(first, laptops(30)), await intake.preview(second, laptops(40))];
  await confirm(one, true);
  await confirm(two, true);
  const jobs = await intake.db.sql<{ id: string }>(`select id from job where done_at is null`);
  await Promise.all(jobs.map((job) => intake.runJob(job.id)));
  const states = await Promise.all([intake.show(one.id), intake.show(two.id)]);
  expect(states.map((m) => m.state)).toEqual(['imported', 'imported']);
  const serials = await intake.db.sql<{ serial: string }>('select serial from lot_line');
  expect(serials).toHaveLength(40);
  expect(new Set(serials.map((row) => row.serial)).size).toBe(40);
  expect(states.reduce((sum, m) => sum + (m.accepted as number), 0)).toBe(40);
  expect([...(await refusals(one.id)), ...(await refusals(two.id))].map((row) => row.code)).toEqual(Array(30).fill('serial-in-lot'));
});

test('a list that cannot be read has failed, with its reason, and another may be sent', async () => {
  const lotId = await intake.lot();
  const failed = await intake.preview(lotId, 'rouge;vert\n1;2\n');
  expect(failed).toMatchObject({ state: 'failed', version: 3, problem: { code: 'manifest-no-header', text: { en: expect.stringContaining('header') } } });
  const many = await intake.preview(lotId, `category;quantity\n${'laptop;100000\n'.repeat(11)}`);
  expect(many).toMatchObject({ state: 'failed', problem: { code: 'manifest-too-many-devices' } });
  expect(await intake.preview(lotId, laptops(3))).toMatchObject({ state: 'previewed', accepted: 3 });
});

test('one list of a lot waits at a time; a discarded one makes room, and its job does nothing', async () => {
  const lotId = await intake.lot();
  const first = await intake.upload(lotId, laptops(3));
  await expect(intake.upload(lotId, laptops(3))).rejects.toMatchObject({ code: 'manifest-pending' });
  await intake.as(intake.donor, (tx) => discardManifest(tx, { manifestId: first.id, version: first.version }));
  await intake.read();
  expect(await intake.show(first.id)).toMatchObject({ state: 'discarded', version: 2, rows: 0 });
  const second = await intake.upload(lotId, laptops(3));
  await expect(confirm(second)).rejects.toMatchObject({ code: 'manifest-state' });
  await intake.db.sql(`update lot set state = 'cancelled' where id = $1`, [lotId]);
  await expect(intake.upload(lotId, laptops(3))).rejects.toMatchObject({ code: 'lot-state' });
});

test('a lot cancelled between confirmation and import takes no line', async () => {
  const lotId = await intake.lot();
  const shown = await intake.preview(lotId, laptops(3));
  await confirm(shown, true);
  await intake.db.sql(`update lot set state = 'cancelled' where id = $1`, [lotId]);
  await intake.import();
  expect(await intake.show(shown.id)).toMatchObject({ state: 'failed', problem: { code: 'lot-state' } });
  expect(await lines(lotId)).toEqual([]);
});

describe('an upload', () => {
  const chunks = () => intake.db.sql('select 1 from manifest_chunk');
  it('is answered once for its key, and stored once', async () => {
    const lotId = await intake.lot();
    const key = randomUUID();
    const first = await intake.upload(lotId, laptops(3), { key });
    await expect(intake.upload(lotId, laptops(3), { key })).rejects.toMatchObject({ response: { id: first.id } });
    expect(await intake.db.sql('select id from manifest')).toEqual([{ id: first.id }]);
    expect(await chunks()).toHaveLength(1);
  });

  it('that is broken off leaves no manifest', async () => {
    const lotId = await intake.lot();
    const broken = Readable.from((function* () {
      yield Buffer.alloc(700_000, 'a;b\n');
      throw new Error('aborted');
    })());
    await expect(intake.upload(lotId, broken)).rejects.toThrow('aborted');
    expect(await intake.db.sql('select 1 from manifest')).toEqual([]);
    expect(await chunks()).toEqual([]);
  });

  it('to another donor’s lot, or another site’s, is not possible, nor is reading what another sent', async () => {
    const lotId = await intake.lot();
    const stranger = actor('donor', { organisationId: randomUUID() });
    await expect(intake.upload(lotId, laptops(3), { who: stranger })).rejects.toMatchObject({ code: 'not-found' });
    const mine = await intake.preview(lotId, `${laptops(3)}bidule;x;x;x\n`);
    await expect(intake.show(mine.id, stranger)).rejects.toMatchObject({ code: 'not-found' });
    for (const table of ['manifest', 'manifest_chunk', 'manifest_reading', 'manifest_part', 'manifest_refusal']) {
      expect({ table, seen: await intake.as(stranger, (tx) => tx.dynamic(`select 1 from ${table}`)) }).toEqual({ table, seen: [] });
      expect({ table, seen: (await intake.as(intake.donor, (tx) => tx.dynamic(`select 1 from ${table}`))).length > 0 }).toEqual({ table, seen: true });
    }
    await intake.db.sql('update lot set site_id = $2 where id = $1', [lotId, randomUUID()]);
    await expect(intake.upload(lotId, laptops(3), { who: actor('operator', { siteIds: [randomUUID()] }) })).rejects.toMatchObject({ code: 'site-not-yours' });
  });
});
