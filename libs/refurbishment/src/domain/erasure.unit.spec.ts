import { after, arrived, at, diagnosed, diagnosis, drive, erased, evidence, happened, id, ready } from '../testing/given.js';
import type { Device } from './device.js';
import { diagnose } from './diagnosis.js';
import { installDrive, removeDrive } from './drive-work.js';
import { driveOf, evidenceTime, foundDrive } from './drives.js';
import { contestEvidence, declareNoMedia, destroyDrive, misfit, recordEvidence } from './erasure.js';
import { recall } from './endings.js';
import { cameBack, delivered, lostOnTheWay } from './facts.js';

const code = (expected: string): Error => expect.objectContaining({ code: expected });
const withDrives = (...drives: ReturnType<typeof drive>[]): Device => after(diagnose(arrived(), diagnosis({ drives }), at(1)));
const fresh = { id: id(60), serial: 'N1', kind: 'ssd' as const, sizeGb: 240, origin: 'new' as const, purchaseReference: 'PO-17', evidence: null };

describe('what rids which medium of data', () => {
  const of = (kind: Parameters<typeof foundDrive>[0]['kind']) => foundDrive(drive('D1', { kind }));
  it.each([
    ['hdd', { method: 'clear', verified: true }, null],
    ['hdd', { method: 'clear', verified: false }, 'not-verified'],
    ['hdd', { method: 'sanitize' }, null],
    ['ssd', { method: 'clear', verified: true }, 'method-unfit'],
    ['ssd', { method: 'crypto-erase' }, null],
    ['nvme', { method: 'sanitize' }, null],
    ['nvme', { method: 'clear', verified: true }, 'method-unfit'],
    ['internal', { method: 'factory-reset', accountUnlinked: true }, null],
    ['internal', { method: 'factory-reset', accountUnlinked: false }, 'account-linked'],
    ['internal', { method: 'sanitize' }, 'method-unfit'],
    ['hdd', { method: 'verify', verified: true }, 'method-unfit'],
    ['nvme', { method: 'verify', verified: true }, 'method-unfit'],
  ] as const)('%s by %j: %s', (kind, by, expected) => {
    expect(misfit(of(kind), evidence(by))).toBe(expected);
  });
  it('an unreadable drive can only be destroyed', () => {
    expect(misfit(foundDrive(drive('D1', { readable: false })), evidence())).toBe('drive-unreadable');
  });
});

describe('evidence', () => {
  it('erases one drive; all must be', () => {
    const two = withDrives(drive('D1'), drive('D2'));
    const one = recordEvidence(two, two.drives[0]!, evidence(), at(11));
    expect(one?.events).toEqual([{ event: 'DriveEvidenceRecorded', driveId: two.drives[0]!.id, outcome: 'erased' }]);
    expect(one?.device.erased).toBe(false);
    expect(recordEvidence(one!.device, two.drives[1]!, evidence({ id: id(201), serial: 'D2' }), at(12))?.device.erased).toBe(true);
  });
  it.each(['failed', 'aborted'] as const)('%s erases nothing', (result) => {
    const outcome = recordEvidence(diagnosed(), diagnosed().drives[0]!, evidence({ result }), at(11));
    expect(outcome).toMatchObject({ device: { erased: false }, events: [{ outcome: 'failed' }] });
  });
  it('the same again changes nothing', () => {
    expect(recordEvidence(erased(), erased().drives[0]!, evidence(), at(20))).toBeNull();
  });
  it('a method that does not fit is refused', () => {
    expect(() => recordEvidence(diagnosed(), diagnosed().drives[0]!, evidence({ method: 'clear' }), at(11))).toThrow(code('method-unfit'));
  });
  it('a later failure of the same drive re-opens it, an earlier one does not', () => {
    const device = erased();
    const later = recordEvidence(device, device.drives[0]!, evidence({ id: id(202), result: 'failed', finishedAt: at(12) }), at(13));
    expect(later?.device).toMatchObject({ erased: false, state: 'in-workshop' });
    const earlier = recordEvidence(device, device.drives[0]!, evidence({ id: id(202), result: 'failed', finishedAt: at(9) }), at(13));
    expect(earlier?.device.erased).toBe(true);
  });
  it('is found by serial whatever its case; a phone needs none', () => {
    expect(driveOf(diagnosed(), { serial: ' d1 ' })?.serial).toBe('D1');
    expect(driveOf(diagnosed(), {})).toBeUndefined();
    expect(driveOf(arrived('smartphone'), {})?.kind).toBe('internal');
  });
});

describe('an erasure that no longer stands', () => {
  it('re-opens the check in the workshop', () => {
    const outcome = contestEvidence(erased(), id(200), at(20));
    expect(happened(outcome)).toEqual(['DriveEvidenceRecorded']);
    expect(outcome?.device).toMatchObject({ state: 'in-workshop', erased: false, drives: [{ status: 'pending', evidenceId: null }] });
  });
  it.each(['ready', 'delivered'] as const)('recalls a %s device', (state) => {
    const outcome = contestEvidence({ ...ready(), state }, id(200), at(20));
    expect(outcome?.events).toEqual([
      { event: 'DriveEvidenceRecorded', driveId: ready().drives[0]!.id, outcome: 'contested' },
      { event: 'DeviceRecalled', code: 'erasure-contested', reason: 'erasure-contested', recalledAt: at(20) },
    ]);
    expect(outcome?.device.state).toBe('recalled');
    const failed = recordEvidence({ ...ready(), state }, ready().drives[0]!, evidence({ id: id(203), result: 'failed', finishedAt: at(19) }), at(20));
    expect(happened(failed)).toEqual(['DriveEvidenceRecorded', 'DeviceRecalled']);
    expect(failed?.events[1]).toMatchObject({ code: 'erasure-failed' });
  });
  it('does not count again', () => {
    const device = contestEvidence(erased(), id(200), at(20))!.device;
    expect(() => recordEvidence(device, device.drives[0]!, evidence({ id: id(204) }), at(21))).toThrow(code('evidence-too-old'));
    expect(recordEvidence(device, device.drives[0]!, evidence({ id: id(204), finishedAt: at(25) }), at(26))?.device.erased).toBe(true);
  });
  it('says nothing about devices that rely on other evidence', () => {
    expect(contestEvidence(erased(), id(999), at(20))).toBeNull();
  });
});

describe('no data-bearing media', () => {
  it('is declared where none is known', () => {
    expect(declareNoMedia(arrived(), at(1))).toMatchObject({ device: { state: 'in-workshop', erased: true, noMediaAt: at(1) }, events: [{ event: 'MediaDeclaredAbsent' }] });
    expect(declareNoMedia(arrived('printer'), at(1))?.device.erased).toBe(true);
    expect(() => declareNoMedia(diagnosed(), at(2))).toThrow(code('media-known'));
    expect(declareNoMedia(arrived('monitor'), at(1))).toBeNull();
  });
  it('is void once a drive of its own is seen', () => {
    const declared = after(declareNoMedia(arrived(), at(1)));
    expect(diagnose(declared, diagnosis(), at(2))?.device).toMatchObject({ noMediaAt: null, erased: false });
  });
  it('and still needed where only a new drive is known', () => {
    const device = after(installDrive(arrived(), fresh, at(1)));
    expect(device.erased).toBe(false);
    expect(declareNoMedia(device, at(2))?.device.erased).toBe(true);
  });
});

describe('drives that are put in and taken out', () => {
  it('a new one has nothing to erase, but the device is graded again', () => {
    const outcome = installDrive({ ...ready(), state: 'in-workshop' }, fresh, at(20));
    expect(outcome).toMatchObject({ device: { erased: true, graded: false }, events: [{ outcome: 'installed' }] });
    expect(() => installDrive(diagnosed(), { ...fresh, purchaseReference: null }, at(2))).toThrow(code('purchase-reference-needed'));
    expect(installDrive(outcome!.device, fresh, at(21))).toBeNull();
  });
  it('a harvested one comes with its passing erasure, which may be contested', () => {
    const harvested = { ...fresh, origin: 'harvested' as const, purchaseReference: null };
    expect(() => installDrive(erased(), harvested, at(20))).toThrow(code('harvested-drive-unerased'));
    const device = after(installDrive(erased(), { ...harvested, evidence: { id: id(400), finishedAt: at(3) } }, at(20)));
    expect(device).toMatchObject({ erased: true, drives: [{}, { status: 'erased', evidenceId: id(400) }] });
    expect(contestEvidence(device, id(400), at(21))?.device.erased).toBe(false);
  });
  it('one taken out must still be erased or destroyed', () => {
    const removed = removeDrive(diagnosed(), { serial: 'D1' }, at(2))!;
    expect(removed).toMatchObject({ device: { erased: false, drives: [{ present: false, status: 'pending' }] }, events: [{ outcome: 'removed' }] });
    expect(recordEvidence(removed.device, removed.device.drives[0]!, evidence(), at(11))?.device.erased).toBe(true);
    expect(destroyDrive(removed.device, { serial: 'D1' }, at(3))).toMatchObject({ device: { erased: true }, events: [{ outcome: 'destroyed' }] });
    expect(() => removeDrive(arrived('tablet'), { driveId: id(50) }, at(1))).toThrow(code('drive-built-in'));
  });
  it('a destroyed one stays destroyed', () => {
    const device = after(destroyDrive(erased(), { serial: 'D1' }, at(20)));
    expect(device).toMatchObject({ erased: true, drives: [{ status: 'destroyed', present: false }] });
    expect(destroyDrive(device, { serial: 'D1' }, at(21))).toBeNull();
    expect(() => diagnose(device, diagnosis(), at(21))).toThrow(code('drive-destroyed'));
    expect(() => installDrive(device, { ...fresh, serial: 'D1' }, at(21))).toThrow(code('drive-destroyed'));
    expect(() => destroyDrive(device, { serial: 'D9' }, at(21))).toThrow(code('drive-unknown'));
  });
});

describe('facts from outside', () => {
  it('delivered', () => {
    expect(delivered(ready(), at(30), at(31))).toMatchObject({ device: { state: 'delivered' }, events: [{ event: 'DeviceDelivered' }] });
    expect(delivered({ ...ready(), state: 'recalled' }, at(30), at(31))).toBeNull();
    expect(delivered({ ...ready(), state: 'delivered' }, at(30), at(31))).toBeNull();
  });
  it('delivered while it was not ready: recalled', () => {
    expect(delivered(diagnosed(), at(30), at(31))).toMatchObject({ device: { state: 'recalled' }, events: [{ event: 'DeviceRecalled', code: 'unfinished' }] });
    expect(delivered({ ...diagnosed(), state: 'lost' }, at(30), at(31))?.device.state).toBe('recalled');
  });
  it('lost on the way, and found: received with every check open', () => {
    const lost = lostOnTheWay(ready(), at(30), at(31))!;
    expect(happened(lost)).toEqual(['DeviceLost']);
    expect(delivered(lost.device, at(32), at(33))?.device.state).toBe('delivered');
    const found = cameBack(lost.device, { siteId: id(44), occurredAt: at(40) }, at(41));
    expect(found).toMatchObject({ device: { state: 'received', siteId: id(44), erased: false, openedAt: at(41) }, events: [{ event: 'DeviceCameBack' }] });
    expect(lostOnTheWay(diagnosed(), at(30), at(31))).toBeNull();
  });
  it.each(['ready', 'recalled', 'delivered', 'lost', 'recycled', 'returned-to-donor'] as const)('came back from %s: what is in it must be erased again', (state) => {
    const device = cameBack({ ...ready(), state }, { siteId: id(4), occurredAt: at(30) }, at(31))!.device;
    expect(device).toMatchObject({ state: 'received', diagnosed: false, erased: false, tested: false, graded: false, ending: null });
    expect(() => recordEvidence(device, device.drives[0]!, evidence({ id: id(205), finishedAt: at(29) }), at(32))).toThrow(code('evidence-too-old'));
  });
  it('what is told late changes nothing', () => {
    const back = cameBack({ ...ready(), state: 'delivered' }, { siteId: id(4), occurredAt: at(30) }, at(31))!.device;
    expect(delivered(back, at(29), at(32))).toBeNull();
    expect(cameBack(back, { siteId: id(4), occurredAt: at(30) }, at(32))).toBeNull();
    const again: Device = { ...ready(), placedAt: at(50) };
    expect([delivered(again, at(49), at(60)), lostOnTheWay(again, at(49), at(60)), cameBack(again, { siteId: id(4), occurredAt: at(49) }, at(60))]).toEqual([null, null, null]);
  });
  it('recalled while what brought it back was on its way to us, is back all the same', () => {
    const recalled = recall(ready(), 'faulty', at(40)).device;
    expect(cameBack(recalled, { siteId: id(4), occurredAt: at(39) }, at(41))?.device.state).toBe('received');
  });
  it('sent back by stock for a readiness before the last one changes nothing', () => {
    const back = cameBack({ ...ready(), state: 'lost' }, { siteId: id(4), occurredAt: at(30) }, at(31))!.device;
    const again: Device = { ...ready(), openedAt: back.openedAt, placedAt: at(40) };
    expect(cameBack(again, { siteId: id(4), occurredAt: at(50), evidenceAt: at(29) }, at(51))).toBeNull();
    expect(cameBack(again, { siteId: id(4), occurredAt: at(50), evidenceAt: at(35) }, at(51))?.device.state).toBe('received');
  });
  it('a destroyed drive of a stay before says nothing about what is in it now', () => {
    const bare = after(destroyDrive(diagnosed(), { serial: 'D1' }, at(2)));
    const back = cameBack({ ...bare, state: 'delivered' }, { siteId: id(4), occurredAt: at(30) }, at(31))!.device;
    expect(back.erased).toBe(false);
    const declared = declareNoMedia(back, at(32))!.device;
    expect(declared.erased).toBe(true);
    expect(evidenceTime(declared)).toBe(at(32));
  });
  it('a monitor that came back has newer evidence than its recall', () => {
    expect(evidenceTime(cameBack({ ...arrived('monitor'), state: 'recalled' }, { siteId: id(4), occurredAt: at(30) }, at(31))!.device)).toBe(at(31));
  });
});
