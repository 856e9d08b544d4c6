import { refurbishment } from '@lacollecte/contracts';
import { after, arrived, at, diagnosed, diagnosis, drive, erased, evidence, graded, happened, id, ready, results, tested } from '../testing/given.js';
import { advanceable } from './advance.js';
import { arrive } from './arrival.js';
import { CHECKLISTS } from './checklists.js';
import { type Device, type DeviceState, firstOpenCheck, type Outcome } from './device.js';
import { diagnose } from './diagnosis.js';
import { installDrive, removeDrive } from './drive-work.js';
import { find, harvest, lose, recall, recycle, returnToDonor } from './endings.js';
import { declareNoMedia, destroyDrive, recordEvidence } from './erasure.js';
import { block, expireBlock, finishRepair, reject, startRepair, unblock, undoRejection } from './holds.js';
import { edit } from './sheet.js';
import { STEPS, stepsFrom, type StepName } from './steps.js';
import { test as runTest } from './testing.js';
import { undo } from './undo.js';

const code = (expected: string): Error => expect.objectContaining({ code: expected });
const donorBlock = { reason: 'account-lock' as const, note: null };
const beyondRepair = { reason: 'beyond-repair' as const, note: 'cracked board' };
const recycling = { weightKg: 2, destination: 'Ecosystem Gonesse', wasteCode: '16 02 14', pallet: 'P-12' };

describe('arrival', () => {
  it('begins with every check open', () => {
    expect(firstOpenCheck(arrived())).toBe('diagnosis');
    expect(arrived()).toMatchObject({ state: 'received', version: 1, diagnosed: false, erased: false, tested: false, graded: false });
  });
  it('too old a device of a public body goes straight to recycling', () => {
    expect(arrived('laptop', { recycleForAge: true })).toMatchObject({ state: 'rejected', ending: { reason: 'age' }, heldFrom: ['received'] });
  });
  it.each(['monitor', 'accessory'] as const)('a %s holds no medium', (category) => {
    expect(arrived(category).erased).toBe(true);
  });
  it.each(['printer', 'laptop', 'desktop', 'all-in-one'] as const)('a %s is asked', (category) => {
    expect(arrived(category)).toMatchObject({ erased: false, drives: [] });
  });
  it.each(['smartphone', 'tablet', 'phone'] as const)('a %s is its own medium, known by its IMEI', (category) => {
    expect(arrived(category, { imei: '356938035643809' })).toMatchObject({ erased: false, drives: [{ kind: 'internal', serial: '356938035643809', status: 'pending' }] });
  });
  it('announces its arrival', () => {
    const device = arrived();
    const { state: _, version: __, ...known } = device;
    expect(happened(arrive({ ...known, aliases: [], recycleForAge: true }, id(9), at(0)))).toEqual(['DeviceArrived', 'DeviceRejected']);
  });
});

describe('diagnosis', () => {
  it('begins the work and finds the drives', () => {
    const outcome = diagnose(arrived(), diagnosis({ cards: { sim: 1, sd: 2 }, identity: { serial: 'X1' } }), at(1));
    expect(outcome?.events).toEqual([{ event: 'DeviceDiagnosed' }]);
    expect(outcome?.device).toMatchObject({ state: 'in-workshop', diagnosed: true, serial: 'X1', simCards: 1, sdCards: 2, drives: [{ serial: 'D1', status: 'pending', origin: 'original' }] });
    expect(firstOpenCheck(outcome!.device)).toBe('erasure');
  });
  it('done again with the same content changes nothing', () => {
    expect(diagnose(diagnosed(), diagnosis({ drives: [drive('D1', { id: id(99) })] }), at(2))).toBeNull();
  });
  it('one that differs re-opens the grade, a drive not seen before the erasure too', () => {
    const before: Device = { ...ready(), state: 'in-workshop' };
    const other = diagnose(before, diagnosis({ hardware: { ...diagnosis().hardware, ramGb: 16 } }), at(20))!.device;
    expect(other).toMatchObject({ diagnosed: true, erased: true, tested: true, graded: false, grading: null });
    const more = diagnose(before, diagnosis({ drives: [drive('D1'), drive('D2')] }), at(20))!.device;
    expect(more).toMatchObject({ erased: false, graded: false });
  });
  it('a drive once seen stays on the sheet', () => {
    expect(diagnose(diagnosed(), diagnosis({ drives: [] }), at(2))).toBeNull();
    expect(after(diagnose(diagnosed(), diagnosis({ drives: [drive('D2')] }), at(2))).drives.map(({ serial }) => serial)).toEqual(['D1', 'D2']);
  });
  it('drives without serial are told apart by kind, size and number', () => {
    const two = after(diagnose(arrived(), diagnosis({ drives: [drive(null), drive(null, { id: id(77) })] }), at(1)));
    expect(two.drives).toHaveLength(2);
    expect(diagnose(two, diagnosis({ drives: [drive(null), drive(null)] }), at(2))).toBeNull();
  });
  it('a drive that turns out to be of another kind must be erased as that kind demands', () => {
    const hdd = after(diagnose(arrived(), diagnosis({ drives: [drive('D1', { kind: 'hdd' })] }), at(1)));
    const cleared = after(recordEvidence(hdd, hdd.drives[0]!, evidence({ method: 'clear' }), at(11)));
    expect(cleared.erased).toBe(true);
    expect(diagnose(cleared, diagnosis({ drives: [drive('D1', { kind: 'ssd' })] }), at(12))?.device.erased).toBe(false);
  });
  it('asks the age where it decides; too old is rejected', () => {
    const unknown = arrived('laptop', { recycleForAge: null });
    expect(() => diagnose(unknown, diagnosis(), at(1))).toThrow(code('age-needed'));
    expect(diagnose(unknown, diagnosis({ olderThanTenYears: false }), at(1))?.device.state).toBe('in-workshop');
    const old = diagnose(unknown, diagnosis({ olderThanTenYears: true }), at(1));
    expect(happened(old)).toEqual(['DeviceDiagnosed', 'DeviceRejected']);
    expect(old?.device).toMatchObject({ state: 'rejected', ending: { reason: 'age' }, heldFrom: ['in-workshop'] });
    expect(diagnose(arrived(), diagnosis({ olderThanTenYears: true }), at(1))?.device.state).toBe('in-workshop');
  });
  it('media fit the category', () => {
    expect(() => diagnose(arrived('monitor'), diagnosis(), at(1))).toThrow(code('drive-kind-unfit'));
    expect(() => diagnose(arrived('smartphone'), diagnosis(), at(1))).toThrow(code('drive-kind-unfit'));
    expect(() => diagnose(arrived(), diagnosis({ drives: [drive('D1', { kind: 'internal' })] }), at(1))).toThrow(code('drive-kind-unfit'));
  });
  it("a phone's storage is as large as its diagnosis says", () => {
    const phone = after(diagnose(arrived('smartphone'), diagnosis({ drives: [], hardware: { ...diagnosis().hardware, storageGb: 64 } }), at(1)));
    expect(phone.drives).toMatchObject([{ kind: 'internal', sizeGb: 64 }]);
  });
});

describe('test', () => {
  it('needs the diagnosis and every item of the list', () => {
    expect(() => runTest(arrived(), results(), at(1))).toThrow(code('diagnosis-first'));
    const { starts: _, ...rest } = results();
    expect(() => runTest(diagnosed(), rest, at(1))).toThrow(expect.objectContaining({ code: 'test-incomplete', fields: [{ pointer: '/results/starts', code: 'test-item-missing' }] }));
    expect(() => runTest(diagnosed(), { ...results(), wings: { verdict: 'works' } }, at(1))).toThrow(code('test-incomplete'));
    expect(() => runTest(diagnosed(), { ...results(), starts: { verdict: 'not-applicable' } }, at(1))).toThrow(code('test-incomplete'));
    expect(() => runTest(diagnosed(), { ...results(), battery: { verdict: 'works', value: 140 } }, at(1))).toThrow(code('test-incomplete'));
    expect(() => runTest(diagnosed(), { ...results(), system: { verdict: 'works' } }, at(1))).toThrow(code('test-incomplete'));
  });
  it('keeps the result of each item; a failure that blocks leaves it open', () => {
    expect(runTest(diagnosed(), results(), at(1))).toMatchObject({ device: { tested: true, testResults: results() }, events: [{ event: 'DeviceTested' }] });
    expect(runTest(diagnosed(), results('laptop', ['charger', 'battery']), at(1))?.device.tested).toBe(true);
    const failed = after(runTest(diagnosed(), results('laptop', ['screen']), at(1)));
    expect(failed).toMatchObject({ tested: false, testResults: { screen: { verdict: 'fails' } } });
    expect(runTest(failed, results('laptop', ['screen']), at(2))).toBeNull();
    expect(runTest(failed, results(), at(2))?.device.tested).toBe(true);
  });
  it('the same again changes nothing, another no longer fits', () => {
    expect(runTest(tested(), results(), at(20))).toBeNull();
    expect(() => runTest(tested(), results('laptop', ['charger']), at(20))).toThrow(code('step-does-not-fit'));
  });
  it('never promises what a second-hand device is not', () => {
    expect(JSON.stringify(CHECKLISTS)).not.toMatch(/comme neuf|état neuf/i);
  });
});

describe('holds', () => {
  it('a block on the donor has an end, one on us has none', () => {
    expect(block(diagnosed(), donorBlock, 30, at(2))).toMatchObject({
      device: { state: 'blocked', heldFrom: ['in-workshop'], block: { reason: 'account-lock', onDonor: true }, blockUntil: '2026-12-02T08:02:00.000Z' },
      events: [{ event: 'DeviceBlocked' }],
    });
    expect(block(diagnosed(), { reason: 'part-awaited', note: null }, 30, at(2)).device.blockUntil).toBeNull();
  });
  it.each([['received', arrived()], ['in-workshop', diagnosed()], ['repairing', after(startRepair(diagnosed(), at(2)))]] as const)('blocked from %s returns there', (state, device) => {
    const blocked = after(block(device, donorBlock, 30, at(3)));
    expect(unblock(blocked, at(4))).toMatchObject({ device: { state, block: null, blockUntil: null, heldFrom: device.heldFrom }, events: [{ event: 'DeviceUnblocked' }] });
  });
  it('a repair returns it where it was and re-opens test and grade', () => {
    const before: Device = { ...ready(), state: 'in-workshop' };
    const repaired = finishRepair(after(startRepair(before, at(20))), at(21));
    expect(repaired).toMatchObject({ device: { state: 'in-workshop', diagnosed: true, erased: true, tested: false, testResults: null, graded: false, grading: null }, events: [{ event: 'RepairFinished' }] });
  });
  it('what was done meanwhile makes it ready when the hold ends', () => {
    const waiting = after(block({ ...ready(), state: 'in-workshop', erased: false, drives: ready().drives.map((one) => ({ ...one, status: 'pending' as const, evidenceId: null })) }, donorBlock, 30, at(20)));
    const cleaned = after(recordEvidence(waiting, waiting.drives[0]!, evidence({ id: id(201), finishedAt: at(21) }), at(22)));
    expect(cleaned.state).toBe('blocked');
    expect(happened(unblock(cleaned, at(23)))).toEqual(['DeviceUnblocked', 'DeviceReady']);
  });
  it('a donor that does not answer in time has the device rejected; undone, it gets the time again', () => {
    const blocked = after(block(diagnosed(), donorBlock, 30, at(2)));
    expect(expireBlock(blocked, '2026-12-02T08:01:59.999Z')).toBeNull();
    const rejected = expireBlock(blocked, '2026-12-02T08:02:00.000Z')!;
    expect(rejected).toMatchObject({ device: { state: 'rejected', heldFrom: ['in-workshop', 'blocked'], ending: { reason: 'donor-silent' }, blockUntil: null }, events: [{ event: 'DeviceRejected' }] });
    expect(undoRejection(rejected.device, 30, '2026-12-03T00:00:00.000Z').device).toMatchObject({ state: 'blocked', blockUntil: '2027-01-02T00:00:00.000Z', ending: null });
    expect(expireBlock(after(unblock(blocked, at(3))), '2027-01-01T00:00:00.000Z')).toBeNull();
  });
  it.each([['received', arrived()], ['in-workshop', diagnosed()], ['repairing', after(startRepair(diagnosed(), at(2)))]] as const)('rejected from %s and undone returns there', (state, device) => {
    const rejected = reject(device, beyondRepair, at(3));
    expect(happened(rejected)).toEqual(['DeviceRejected']);
    expect(undoRejection(rejected.device, 30, at(4))).toMatchObject({ device: { state, ending: null, heldFrom: device.heldFrom }, events: [{ event: 'RejectionUndone' }] });
  });
});

describe('ends', () => {
  const rejected = after(reject(diagnosed(), beyondRepair, at(3)));
  it('recycled with weight, destination, waste code and pallet, perhaps after parts were taken', () => {
    expect(recycle(rejected, recycling, at(4))).toMatchObject({ device: { state: 'recycled', ending: { reason: 'beyond-repair', detail: recycling } }, events: [{ event: 'DeviceRecycled', ...recycling }] });
    const harvested = harvest(rejected, ['screen', 'RAM 8 GB'], at(4));
    expect(happened(harvested)).toEqual(['DeviceHarvested']);
    expect(recycle(harvested.device, recycling, at(5)).device.ending?.detail).toEqual({ parts: ['screen', 'RAM 8 GB'], ...recycling });
  });
  it('returned to its donor, lost', () => {
    expect(returnToDonor(rejected, 'leased', at(4))).toMatchObject({ device: { state: 'returned-to-donor', heldFrom: [] }, events: [{ event: 'DeviceReturnedToDonor' }] });
    expect(lose(rejected, 'not on its shelf', at(4))).toMatchObject({ device: { state: 'lost' }, events: [{ event: 'DeviceLost' }] });
  });
  it('found again it is received with every check open', () => {
    const found = find(after(lose({ ...ready(), state: 'recalled' }, 'gone', at(20))), at(21));
    expect(found).toMatchObject({ device: { state: 'received', diagnosed: false, erased: false, tested: false, graded: false, drives: [{ status: 'pending' }] }, events: [{ event: 'DeviceCameBack' }] });
  });
  it.each([['ready', ready()], ['delivered', { ...ready(), state: 'delivered' as const }]])('recalled from %s', (_, device) => {
    expect(recall(device, 'unsafe', at(20))).toMatchObject({ device: { state: 'recalled' }, events: [{ event: 'DeviceRecalled', code: 'unsafe', reason: 'unsafe', recalledAt: at(20) }] });
  });
});

describe('the table of steps', () => {
  const minimal: { [S in StepName]: (device: Device) => Outcome | null } = {
    diagnose: (d) => diagnose(d, diagnosis(), at(30)), erase: (d) => recordEvidence(d, d.drives[0]!, evidence({ id: id(300), finishedAt: at(29) }), at(30)),
    'declare-no-media': (d) => declareNoMedia({ ...d, drives: [] }, at(30)),
    'install-drive': (d) => installDrive(d, { id: id(61), serial: 'N1', kind: 'ssd', sizeGb: 240, origin: 'new', purchaseReference: 'PO-1', evidence: null }, at(30)),
    'remove-drive': (d) => removeDrive(d, { serial: 'D1' }, at(30)), 'destroy-drive': (d) => destroyDrive(d, { serial: 'D1' }, at(30)),
    test: (d) => runTest({ ...d, tested: false, testResults: null }, results(), at(30)), grade: (d) => graded({ ...d, graded: false, grading: null }) && { device: d, events: [] },
    block: (d) => block(d, donorBlock, 30, at(30)), unblock: (d) => unblock(d, at(30)), 'start-repair': (d) => startRepair(d, at(30)), 'finish-repair': (d) => finishRepair(d, at(30)),
    reject: (d) => reject(d, beyondRepair, at(30)), 'undo-rejection': (d) => undoRejection(d, 30, at(30)), harvest: (d) => harvest(d, ['screen'], at(30)),
    recycle: (d) => recycle(d, recycling, at(30)), recall: (d) => recall(d, 'other', at(30)), 'return-to-donor': (d) => returnToDonor(d, 'x', at(30)), lose: (d) => lose(d, 'x', at(30)), find: (d) => find(d, at(30)),
  };
  const cases = refurbishment.DEVICE_STATES.flatMap((state) => (Object.keys(STEPS) as StepName[]).map((step) => [step, state] as const));

  const from = (state: DeviceState): Device => ({
    ...ready(), state, heldFrom: ['in-workshop'],
    // Nothing is complete before work has begun.
    ...(state === 'received' ? { graded: false, grading: null } : {}),
  });

  it.each(cases.filter(([step, state]) => !stepsFrom(state).includes(step)))('%s is refused from %s', (step, state) => {
    expect(() => minimal[step](from(state))).toThrow(code('step-does-not-fit'));
  });
  it.each(cases.filter(([step, state]) => stepsFrom(state).includes(step)))('%s from %s leads where the contract allows', (step, state) => {
    expect([state, ...refurbishment.DEVICE_TRANSITIONS[state]]).toContain(minimal[step](from(state))?.device.state ?? state);
  });
});

describe('advancing', () => {
  it('takes the first open check only', () => {
    expect(() => advanceable(diagnosed(), 'erasure')).not.toThrow();
    expect(() => advanceable(diagnosed(), 'grade')).toThrow(expect.objectContaining({ code: 'not-the-next-check', params: { label: 'LC-7K3M-9QAT', check: 'grade', next: 'erasure' } }));
    expect(() => advanceable(diagnosed(), 'diagnosis')).toThrow(code('step-does-not-fit'));
    expect(() => advanceable(ready(), 'grade')).toThrow(code('step-does-not-fit'));
  });
});

describe('undo', () => {
  const last = { step: 'diagnose', by: 'ann', at: at(1), version: 2, before: { state: 'received' as const, diagnosed: false, hardware: null, drives: [] } };
  it('takes back the last step of one’s own, as an event', () => {
    const outcome = undo(diagnosed(), last, { by: 'ann', undoMinutes: 10 }, at(11));
    expect(outcome).toEqual({ device: { ...arrived(), version: 2 }, events: [{ event: 'StepUndone' }] });
  });
  it.each([
    ['another’s', { ...last, by: 'bob' }, diagnosed(), 'step-does-not-fit', at(2)],
    ['followed by anything', last, erased(), 'step-does-not-fit', at(2)],
    ['too late', last, diagnosed(), 'undo-too-late', '2026-11-02T08:11:00.001Z'],
    ['of a kind that others act on', { ...last, step: 'recycle' }, diagnosed(), 'step-does-not-fit', at(2)],
    ['what made it ready', { ...last, step: 'grade', version: ready().version }, ready(), 'step-does-not-fit', at(14)],
  ])('refused: %s', (_, step, device, expected, now) => {
    expect(() => undo(device, step, { by: 'ann', undoMinutes: 10 }, now)).toThrow(code(expected));
  });
});

describe('the sheet', () => {
  it('is corrected', () => {
    expect(edit(diagnosed(), { maker: 'HP', serial: null }, id(70), at(2))).toMatchObject({ device: { maker: 'HP', serial: null, diagnosed: true }, events: [{ event: 'DeviceEdited' }] });
    expect(edit(diagnosed(), { maker: 'Dell' }, id(70), at(2))).toBeNull();
  });
  it('another category opens every check, and a tablet is its own medium', () => {
    const tablet = edit(tested(), { category: 'tablet' }, id(70), at(20))!.device;
    expect(tablet).toMatchObject({ diagnosed: false, erased: false, tested: false, graded: false });
    expect(tablet.drives.map(({ kind, status }) => [kind, status])).toEqual([['nvme', 'erased'], ['internal', 'pending']]);
    expect(() => edit(ready(), { category: 'tablet' }, id(70), at(20))).toThrow(code('category-settled'));
  });
});
