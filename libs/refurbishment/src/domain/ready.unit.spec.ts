import { DomainError, refurbishment } from '@lacollecte/contracts';
import fc from 'fast-check';
import { arrived, at, diagnosis, drive, evidence, id, results, rulesFor } from '../testing/given.js';
import { type Device, type Happening, type Outcome } from './device.js';
import { diagnose } from './diagnosis.js';
import { installDrive, removeDrive } from './drive-work.js';
import { find, harvest, lose, recall, receiveAgain } from './endings.js';
import { contestEvidence, declareNoMedia, destroyDrive, recordEvidence } from './erasure.js';
import { cameBack, delivered, lostOnTheWay } from './facts.js';
import { grade } from './grading.js';
import { block, expireBlock, finishRepair, reject, startRepair, unblock, undoRejection } from './holds.js';
import { edit } from './sheet.js';
import { test as runTest } from './testing.js';

const SERIALS = ['D1', 'D2', 'D3'] as const;
const serial = fc.constantFrom(...SERIALS);
const kind = fc.constantFrom('nvme', 'ssd', 'hdd', 'internal' as const);
type Act = (device: Device, now: string, n: number) => Outcome | null;

/** Everything that can be done to a device, with contents that fit and contents that do not. */
const act: fc.Arbitrary<[string, Act]> = fc.oneof(
  fc.record({ drives: fc.uniqueArray(fc.record({ serial, kind }), { maxLength: 2, selector: (one) => one.serial }), ramGb: fc.constantFrom(2, 8, 16) }).map(({ drives, ramGb }): [string, Act] => [
    `diagnose ${JSON.stringify(drives)} ${ramGb}`,
    (device, now, n) =>
      diagnose(device, diagnosis({ drives: drives.map((one, i) => drive(one.serial, { kind: one.kind, id: id(1000 + n * 10 + i) })), hardware: { ...diagnosis().hardware, ramGb, benchmark: 300_000, storageGb: 64 } }), now),
  ]),
  fc.record({ serial, method: fc.constantFrom('clear', 'sanitize', 'factory-reset', 'verify' as const), result: fc.constantFrom('passed', 'passed', 'failed', 'aborted' as const), accountUnlinked: fc.boolean(), age: fc.integer({ min: 0, max: 5 }) }).map(
    ({ age, ...of }): [string, Act] => [
      `erase ${JSON.stringify(of)}`,
      (device, now, n) => {
        const one = device.drives.find((other) => other.serial === of.serial || other.kind === 'internal');
        return one ? recordEvidence(device, one, evidence({ ...of, id: id(5000 + n), finishedAt: at(Math.max(0, n - age)) }), now) : null;
      },
    ],
  ),
  fc.constant(['declare', (device, now) => declareNoMedia(device, now)] as [string, Act]),
  fc.record({ serial, origin: fc.constantFrom('new', 'harvested' as const) }).map(({ serial: put, origin }): [string, Act] => [
    `install ${put} ${origin}`,
    (device, now, n) => installDrive(device, { id: id(7000 + n), serial: put, kind: 'ssd', sizeGb: 240, origin, purchaseReference: 'PO', evidence: { id: id(9000), finishedAt: at(0) } }, now),
  ]),
  serial.map((one): [string, Act] => [`remove ${one}`, (device, now) => removeDrive(device, { serial: one }, now)]),
  serial.map((one): [string, Act] => [`destroy ${one}`, (device, now) => destroyDrive(device, { serial: one }, now)]),
  fc.boolean().map((fails): [string, Act] => [`test ${fails}`, (device, now) => runTest(device, results(device.category, fails ? ['starts', 'account', 'powers-on'] : []), now)]),
  fc.constantFrom(-1, 0, 1).map((cosmetic): [string, Act] => [
    `grade ${cosmetic}`,
    (device, now) => grade(device, ['smartphone', 'tablet'].includes(device.category) ? { adjustment: cosmetic * 5 } : { cosmetic }, rulesFor(device.category), now),
  ]),
  fc.constantFrom<[string, Act]>(
    ['block', (device, now) => block(device, { reason: 'account-lock', note: null }, 30, now)],
    ['unblock', unblock],
    ['expire', (device) => expireBlock(device, '2027-06-01T00:00:00.000Z')],
    ['repair', startRepair],
    ['repaired', finishRepair],
    ['reject', (device, now) => reject(device, { reason: 'grade', note: null }, now)],
    ['undo rejection', (device, now) => undoRejection(device, 30, now)],
    ['harvest', (device, now) => harvest(device, ['x'], now)],
    ['recall', (device, now) => recall(device, 'other', now)],
    ['lose', (device, now) => lose(device, 'x', now)],
    ['find', find],
    ['delivered', (device, now) => delivered(device, now, now)],
    ['lost on the way', (device, now) => lostOnTheWay(device, now, now)],
    ['came back', (device, now) => cameBack(device, { siteId: device.siteId, occurredAt: now }, now)],
    ['edit', (device, now, n) => edit(device, { category: device.category === 'laptop' ? 'tablet' : 'laptop' }, id(8000 + n), now)],
    ['contest', (device, now) => contestEvidence(device, device.drives.find((one) => one.evidenceId !== null)?.evidenceId ?? '', now)],
  ),
);

/** Brings any device on by one bench, so that many sequences do reach ready. */
const onward: fc.Arbitrary<[string, Act]> = fc.constant([
  'onward',
  (device, now, n) => {
    if (!device.diagnosed) return diagnose(device, diagnosis({ drives: device.category === 'laptop' ? [drive('D1', { id: id(6000 + n) })] : [], hardware: { ...diagnosis().hardware, benchmark: 300_000, storageGb: 64 } }), now);
    const open = device.drives.find((one) => one.status === 'pending');
    if (open) {
      const method = open.kind === 'internal' ? 'factory-reset' : 'sanitize';
      return recordEvidence(device, open, evidence({ id: id(5500 + n), method, accountUnlinked: true, finishedAt: at(n) }), now);
    }
    if (!device.tested) return runTest(device, results(device.category), now);
    return grade(device, {}, rulesFor(device.category), now);
  },
]);

/** What the rules say, told apart from how they are kept: each drive's last word. */
class Ledger {
  readonly #holdsData = new Map<string, boolean>();
  note(before: Device, after: Device, events: readonly Happening[]): void {
    for (const one of after.drives) if (!before.drives.some((other) => other.id === one.id)) this.#holdsData.set(one.id, one.origin === 'original');
    for (const event of events) {
      if (event.event === 'DeviceCameBack') for (const one of after.drives) if (one.present) this.#holdsData.set(one.id, true);
      if (event.event !== 'DriveEvidenceRecorded') continue;
      if (event.outcome === 'erased' || event.outcome === 'destroyed') this.#holdsData.set(event.driveId, false);
      if (event.outcome === 'contested' || (event.outcome === 'failed' && before.drives.find((one) => one.id === event.driveId)?.status === 'erased' && after.drives.find((one) => one.id === event.driveId)?.status === 'pending')) {
        this.#holdsData.set(event.driveId, true);
      }
    }
  }
  get unerased(): string[] {
    return [...this.#holdsData].filter(([, holds]) => holds).map(([drive]) => drive);
  }
}

/** Why a device must not be ready. */
function faults(device: Device, ledger: Ledger): string[] {
  const open = (['diagnosed', 'erased', 'tested', 'graded'] as const).filter((check) => !device[check]);
  return [...ledger.unerased, ...open, ...(['C', 'B', 'A', 'PREMIUM'].includes(device.grading?.grade ?? '') ? [] : ['grade'])];
}

let reached = 0;

it('no sequence of commands reaches ready with a drive unerased or a check open', () => {
  const start = fc.constantFrom(arrived('laptop'), arrived('smartphone', { imei: '356938035643809' }), arrived('printer'));
  fc.assert(
    fc.property(start, fc.array(fc.oneof({ weight: 3, arbitrary: act }, { weight: 2, arbitrary: onward }), { minLength: 4, maxLength: 40 }), (first, acts) => {
      const ledger = new Ledger();
      ledger.note({ ...first, drives: [] }, first, []);
      let device = first;
      acts.forEach(([, run], i) => {
        let outcome: Outcome | null;
        try {
          outcome = run(device, at(i + 1), i + 1);
        } catch (error) {
          if (error instanceof DomainError) return;
          throw error;
        }
        if (outcome === null) return;
        const next = { ...outcome.device, version: device.version + 1 };
        ledger.note(device, next, outcome.events);
        expect(outcome.events.length).toBeGreaterThan(0);
        expect([device.state, ...refurbishment.DEVICE_TRANSITIONS[device.state]]).toContain(next.state);
        expect(outcome.events.some(({ event }) => event === 'DeviceReady')).toBe(next.state === 'ready' && device.state !== 'ready');
        expect(next.state === 'ready' ? faults(next, ledger) : []).toEqual([]);
        if (next.state === 'ready') reached += 1;
        device = next;
      });
    }),
    { numRuns: 1500 },
  );
  // A property that never sees the state it speaks of proves nothing.
  expect(reached).toBeGreaterThan(100);
});

it('whatever came back is ready again only after everything was done again', () => {
  const back = receiveAgain({ ...arrived(), state: 'delivered' }, id(4), at(1), at(1)).device;
  expect([back.diagnosed, back.erased, back.tested, back.graded]).toEqual([false, false, false, false]);
});
