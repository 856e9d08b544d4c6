import { DomainError } from '@lacollecte/contracts';
import { after, arrived, at, diagnosed, diagnosis, drive, erased, evidence, graded, happened, id, results, rulesFor, tested } from '../testing/given.js';
import { diagnose } from './diagnosis.js';
import { installDrive } from './drive-work.js';
import { destroyDrive, recordEvidence } from './erasure.js';
import { evaluate, factsOf, grade, type Scheme } from './grading.js';
import { test as runTest } from './testing.js';

describe('pc-2026', () => {
  const { scheme } = rulesFor('laptop');
  it.each([
    [6100, 8, 256, 'nvme', 10, 'A', null],
    [3800, 8, 256, 'ssd', 8, 'A', null],
    [2450, 8, 256, 'ssd', 7, 'B', null],
    [2450, 8, 500, 'hdd', 6, 'C', 'C'],
    [1800, 4, 500, 'hdd', 3, 'D', null],
    [8200, 16, 512, 'nvme', 13, 'PREMIUM', null],
    [3499, 32, 1000, 'nvme', 9, 'B', 'B'],
    [1999, 3, 32, 'ssd', 0, 'D', null],
  ])('CPU %i, RAM %i, disk %i %s gives %d, %s', (cpuMark, ramGb, diskGb, diskKind, total, expected, cappedAt) => {
    expect(evaluate(scheme, { cpuMark, ramGb, diskGb, diskKind })).toEqual({ total, grade: expected, cappedAt });
  });

  it.each([
    ['at the lower edge of each step', { cpuMark: 2000, ramGb: 4, diskGb: 64, diskKind: 'ssd' }, 3],
    ['just below', { cpuMark: 1999.9, ramGb: 3, diskGb: 63.9, diskKind: 'ssd' }, 0],
    ['NVMe is worth one more from a mark of 3500 on', { cpuMark: 3500, ramGb: 4, diskGb: 64, diskKind: 'nvme' }, 5],
    ['and not below', { cpuMark: 3499, ramGb: 4, diskGb: 64, diskKind: 'nvme' }, 3],
    ['adjustments are added', { cpuMark: 6100, ramGb: 8, diskGb: 256, diskKind: 'nvme', technical: -2, cosmetic: 1 }, 9],
    ['memory counts as installed: 15.35 seen is 16', { cpuMark: 0, ramGb: 15.35, diskGb: 0, diskKind: 'none' }, 4],
    ['7.7 seen is 8', { cpuMark: 0, ramGb: 7.7, diskGb: 0, diskKind: 'none' }, 3],
    ['no drive gives nothing', { cpuMark: 7000, ramGb: 16, diskGb: 0, diskKind: 'none' }, 8],
  ])('%s', (_, facts, total) => {
    expect(evaluate(scheme, facts).total).toBe(total);
  });

  it('asks for what it needs and refuses what it does not know', () => {
    expect(() => evaluate(scheme, { cpuMark: null, ramGb: 8, diskKind: 'ssd', diskGb: 256 })).toThrow(expect.objectContaining({ code: 'grading-input-missing', params: { inputs: 'cpuMark' } }));
    expect(() => evaluate(scheme, { cpuMark: 1, ramGb: 8, diskKind: 'ssd', diskGb: 256, technical: 2 })).toThrow(expect.objectContaining({ code: 'grading-input-unfit' }));
    expect(() => evaluate(scheme, { cpuMark: 1, ramGb: 8, diskKind: 'tape', diskGb: 256 })).toThrow(expect.objectContaining({ code: 'grading-input-unfit' }));
  });
});

describe('phone-2023', () => {
  const { scheme } = rulesFor('smartphone');
  it.each([
    [4, 64, 200_000, 0, 207.8, 'B'],
    [3, 32, 100_000, 0, 153.4, 'C'],
    [6, 128, 500_000, 0, 307, 'A'],
    [8, 256, 725_000, 0, 473, 'PREMIUM'],
    [4, 64, 200_000, -50, 103.9, 'C'],
    [1, 16, 0, -10, 90.9, 'C'],
    [6, 128, 500_000, 10, 337.7, 'A'],
    [6, 128, 500_000, -100, 0, 'HC'],
  ])('RAM %i, %i GB, benchmark %i, %i %% gives %d, %s', (ramGb, storageGb, benchmark, adjustment, total, expected) => {
    expect(evaluate(scheme, { ramGb, storageGb, benchmark, adjustment })).toEqual({ total, grade: expected, cappedAt: null });
  });

  it('takes the largest entry not above the value, none below the first, and clamps the benchmark', () => {
    expect(evaluate(scheme, { ramGb: 7, storageGb: 200, benchmark: 2_000_000 }).total).toBe(99 + 96 + 286);
    expect(evaluate(scheme, { ramGb: 0.5, storageGb: 8, benchmark: 0 }).total).toBe(40);
  });
});

describe('others', () => {
  it.each([[-1, 'C'], [0, 'B'], [1, 'A'], [undefined, 'B']])('cosmetic %s gives %s', (cosmetic, expected) => {
    expect(evaluate(rulesFor('monitor').scheme, { cosmetic }).grade).toBe(expected);
  });
});

it('a rule set is data: another one grades otherwise, and of several caps the lowest holds', () => {
  const scheme: Scheme = {
    inputs: { ports: {} }, terms: [{ kind: 'value', input: 'ports' }], bands: [{ below: 2, grade: 'C' }], top: 'PREMIUM',
    caps: [{ when: [{ input: 'ports', atLeast: 5 }], atMost: 'A' }, { when: [{ input: 'ports', atLeast: 5, below: 6 }], atMost: 'B' }],
  };
  expect([1, 2, 5, 6].map((ports) => evaluate(scheme, { ports }).grade)).toEqual(['C', 'PREMIUM', 'B', 'A']);
});

describe('grading a device', () => {
  const rules = rulesFor('laptop');

  it('the fourth check makes it ready, with the grade and the newest erasure', () => {
    const outcome = grade(tested(), { cosmetic: 1 }, rules, at(13));
    expect(outcome?.device).toMatchObject({ state: 'ready', graded: true, placedAt: at(13), grading: { grade: 'PREMIUM', total: 11, ruleSet: 'pc-2026', adjustments: { cosmetic: 1 } } });
    expect(outcome?.events).toEqual([
      { event: 'DeviceGraded', grade: 'PREMIUM', ruleSet: 'pc-2026' },
      { event: 'DeviceReady', donorId: id(3), label: 'LC-7K3M-9QAT', category: 'laptop', grade: 'PREMIUM', earmark: null, evidenceAt: at(11) },
    ]);
  });

  it('needs diagnosis and test', () => {
    expect(() => grade(arrived(), {}, rules, at(2))).toThrow(expect.objectContaining({ code: 'diagnosis-first' }));
    expect(() => grade(erased(), {}, rules, at(2))).toThrow(expect.objectContaining({ code: 'test-first' }));
  });

  it('may come before the erasure, which then makes it ready', () => {
    const before = after(runTest(diagnosed(), results(), at(2)));
    const graded = after(grade(before, {}, rules, at(3)));
    expect(graded).toMatchObject({ state: 'in-workshop', graded: true, erased: false });
    const outcome = recordEvidence(graded, graded.drives[0]!, evidence(), at(11));
    expect(happened(outcome)).toEqual(['DriveEvidenceRecorded', 'DeviceReady']);
  });

  it('D never becomes stock: the grade is kept, the check stays open, and another diagnosis is graded again', () => {
    const slow = diagnosis({ hardware: { cpu: null, cpuMark: 1000, ramGb: 2, benchmark: null, storageGb: null } });
    const worked = after(runTest(erased(after(diagnose(arrived(), slow, at(1)))), results(), at(12)));
    const outcome = grade(worked, {}, rules, at(13));
    expect(happened(outcome)).toEqual(['DeviceGraded']);
    expect(outcome?.device).toMatchObject({ state: 'in-workshop', graded: false, grading: { grade: 'D' } });
    expect(grade(outcome!.device, {}, rules, at(14))).toBeNull();
    const upgraded = after(diagnose(outcome!.device, diagnosis(), at(15)));
    expect(grade(upgraded, {}, rules, at(16))?.device.state).toBe('ready');
  });

  it('the same grading again changes nothing, another one no longer fits', () => {
    expect(grade({ ...graded(), state: 'in-workshop' }, {}, rules, at(20))).toBeNull();
    expect(() => grade({ ...graded(), state: 'in-workshop' }, { cosmetic: 1 }, rules, at(20))).toThrow(DomainError);
    expect(() => grade(graded(), { cosmetic: 1 }, rules, at(20))).toThrow(expect.objectContaining({ code: 'step-does-not-fit' }));
  });

  it('refuses an adjustment that the rules do not know', () => {
    expect(() => grade(tested(), { shine: 1 }, rules, at(13))).toThrow(expect.objectContaining({ code: 'grading-input-unfit' }));
  });

  it('of several drives the fastest kind counts, then the largest', () => {
    const drives = [drive('D1', { kind: 'hdd', sizeGb: 2000 }), drive('D2', { kind: 'ssd', sizeGb: 256 }), drive('D3', { kind: 'ssd', sizeGb: 480 })];
    expect(factsOf(after(diagnose(arrived(), diagnosis({ drives }), at(1))), {})).toMatchObject({ diskKind: 'ssd', diskGb: 480 });
  });

  it('a computer whose drive was destroyed needs another', () => {
    const bare = after(runTest(after(destroyDrive(diagnosed(), { serial: 'D1' }, at(2))), results(), at(3)));
    expect(bare.erased).toBe(true);
    expect(() => grade(bare, {}, rules, at(4))).toThrow(expect.objectContaining({ code: 'drive-needed' }));
    const put = { id: id(60), serial: 'N1', kind: 'ssd' as const, sizeGb: 240, origin: 'new' as const, purchaseReference: 'PO-17', evidence: null };
    expect(grade(after(installDrive(bare, put, at(5))), {}, rules, at(6))?.device.state).toBe('ready');
  });
});
