import type { Category } from '@lacollecte/contracts';
import { type PlannedDrive, type WorkshopPlan, WEIGHT_KG, wasteCode } from './hardware.js';
import { Random, token } from './random.js';
import type { ReceivedDevice } from './site.js';

/** One step of one device, as the workshop's API takes it. */
export interface Step {
  readonly label: string;
  readonly step: string;
  readonly [content: string]: unknown;
}

/** Where a device is held on purpose, so that the places at the end are not empty. */
export type Detour = 'part-awaited' | 'return-to-donor' | null;

/** One in a hundred waits for a part; of a larger lot the donor wants one back. */
export function detours(devices: readonly ReceivedDevice[], seed: number): ReadonlyMap<string, Detour> {
  const labels = new Random(seed, 'detours').shuffle(devices.map(({ label }) => label));
  const waiting = Math.round(devices.length / 100);
  const wanted = devices.length >= 50 ? 1 : 0;
  return new Map(labels.slice(0, waiting + wanted).map((label, i) => [label, i < waiting ? 'part-awaited' : 'return-to-donor']));
}

export interface BenchJob {
  readonly device: ReceivedDevice;
  readonly plan: WorkshopPlan;
  readonly detour: Detour;
  /** Of this run: the same drive is not in two devices. */
  readonly run: string;
}

const COMPUTERS: readonly Category[] = ['laptop', 'desktop', 'all-in-one'];

function driveSerial({ run, device }: BenchJob, which: 'found' | 'new'): string {
  return `${which === 'found' ? 'S' : 'N'}${token(14, run, which, device.position)}`;
}

export function diagnosis(job: BenchJob): Step[] {
  const { device: { label, category }, plan: { hardware, drive }, detour } = job;
  const drives = drive && COMPUTERS.includes(category) ? [{ serial: driveSerial(job, 'found'), kind: drive.kind, sizeGb: drive.sizeGb }] : [];
  const diagnose = { label, step: 'diagnose', hardware, drives, olderThanTenYears: false };
  if (detour === 'part-awaited') return [diagnose, { label, step: 'block', reason: 'part-awaited', note: 'power supply ordered' }];
  if (detour === 'return-to-donor') return [diagnose, { label, step: 'return-to-donor', reason: 'given by mistake' }];
  return [diagnose];
}

/** Purge for solid drives, overwrite and verify for magnetic ones, factory reset for phones; what cannot be erased is shredded, and replaced or given up. */
export function erasure(job: BenchJob, at: Date): Step[] {
  const { device: { label, category }, plan: { drive, replacement } } = job;
  if (category === 'printer') return [{ label, step: 'declare-no-media' }];
  if (!drive) return [];
  const evidence = evidenceOf(job, drive, at);
  if (!drive.erasureFails) return [{ label, step: 'erase', ...evidence, result: 'passed' }];
  const failed = { label, step: 'erase', ...evidence, result: 'failed', verified: false };
  // What is built in cannot be shredded alone: the device is given up.
  if (drive.kind === 'internal') return [failed, reject(label, 'beyond-repair')];
  const serial = driveSerial(job, 'found');
  const shredded = [failed, { label, step: 'destroy-drive', serial, how: 'shredded' }];
  if (!replacement) return [...shredded, reject(label, 'incomplete')];
  return [...shredded, { label, step: 'install-drive', serial: driveSerial(job, 'new'), ...replacement, origin: 'new', purchaseReference: 'BC-2026-014' }];
}

const METHODS = { nvme: 'sanitize', ssd: 'sanitize', hdd: 'clear', internal: 'factory-reset' } as const;

function evidenceOf(job: BenchJob, { kind, sizeGb }: PlannedDrive, finished: Date): object {
  const internal = kind === 'internal';
  const minutes = kind === 'hdd' ? sizeGb / 5 : 2;
  return {
    serial: internal ? null : driveSerial(job, 'found'), tool: internal ? 'factory menu' : 'ShredOS', toolVersion: internal ? '1' : '2025.02', method: METHODS[kind],
    startedAt: new Date(finished.getTime() - minutes * 60_000).toISOString(), finishedAt: finished.toISOString(), verified: true, accountUnlinked: internal,
  };
}

export interface ChecklistItem {
  readonly code: string;
  readonly blocks: boolean;
  readonly value?: 'percent' | 'text';
}

/** Every item of the category's list. What does not work is repaired once or given up. */
export function testing({ device: { label }, plan }: BenchJob, checklist: readonly ChecklistItem[]): Step[] {
  const test = (failing: string | undefined): Step => ({ label, step: 'test', results: Object.fromEntries(checklist.map((item) => [item.code, resultOf(item, item.code === failing, plan.batteryPercent)])) });
  if (!plan.testFails) return [test(undefined)];
  const failed = test(checklist.find(({ blocks }) => blocks)?.code);
  if (!plan.repairable) return [failed, reject(label, 'beyond-repair')];
  return [failed, { label, step: 'start-repair' }, { label, step: 'finish-repair', note: 'part replaced' }, test(undefined)];
}

function resultOf({ value }: ChecklistItem, fails: boolean, percent: number): object {
  return { verdict: fails ? 'fails' : 'works', ...(value === 'percent' && { value: percent }), ...(value === 'text' && { value: 'Linux Mint 22' }) };
}

export function grading({ device: { label }, plan: { adjustments } }: BenchJob): Step[] {
  return [{ label, step: 'grade', adjustments }];
}

export function reject(label: string, reason: string): Step {
  return { label, step: 'reject', reason };
}

export function recycling({ label, category }: ReceivedDevice): Step {
  return { label, step: 'recycle', weightKg: WEIGHT_KG[category], destination: 'Envie 2E', wasteCode: wasteCode(category), pallet: 'PAL-001' };
}
