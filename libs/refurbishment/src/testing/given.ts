import type { Category } from '@lacollecte/contracts';
import { arrive } from '../domain/arrival.js';
import type { Device, Outcome } from '../domain/device.js';
import { diagnose, type Diagnosis, type FoundDrive } from '../domain/diagnosis.js';
import { type Evidence, recordEvidence } from '../domain/erasure.js';
import { grade } from '../domain/grading.js';
import { CHECKLISTS } from '../domain/checklists.js';
import { test, type TestResults } from '../domain/testing.js';
import { RULE_SETS_2026 } from '../persistence/rule-sets-2026.js';

/** An id that is easy to read in a failure. */
export const id = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
/** Minutes after a morning. */
export const at = (minutes: number): string => new Date(Date.UTC(2026, 10, 2, 8, minutes)).toISOString();

export function arrived(category: Category = 'laptop', more: { serial?: string | null; imei?: string | null; recycleForAge?: boolean | null; label?: string; deviceId?: string } = {}): Device {
  return arrive(
    {
      id: more.deviceId ?? id(1), lotId: id(2), donorId: id(3), siteId: id(4), label: more.label ?? 'LC-7K3M-9QAT', category, maker: 'Dell', model: 'Latitude 5490',
      serial: more.serial === undefined ? 'ESH7460' : more.serial, imei: more.imei ?? null, aliases: [], earmark: null,
      recycleForAge: more.recycleForAge === undefined ? false : more.recycleForAge,
    },
    id(50),
    at(0),
  ).device;
}

export function drive(serial: string | null, more: Partial<FoundDrive> = {}): FoundDrive {
  return { id: id(100 + (serial === null ? 0 : serial.charCodeAt(serial.length - 1))), serial, kind: 'nvme', sizeGb: 256, readable: true, ...more };
}

export function diagnosis(more: Partial<Diagnosis> = {}): Diagnosis {
  return {
    hardware: { cpu: 'i5-8350U', cpuMark: 6100, ramGb: 8, benchmark: null, storageGb: null }, drives: [drive('D1')], identity: {}, olderThanTenYears: null, cards: null, ...more,
  };
}

export function evidence(more: Partial<Evidence> = {}): Evidence {
  return {
    id: id(200), serial: 'D1', tool: 'nwipe', toolVersion: '0.36', method: 'sanitize', startedAt: at(5), finishedAt: at(10), verified: true, accountUnlinked: false,
    result: 'passed', ...more,
  };
}

/** Every item of the category's list works. */
export function results(category: Category = 'laptop', failing: readonly string[] = []): TestResults {
  return Object.fromEntries(
    CHECKLISTS[category].map(({ code, value }) => [
      code, { verdict: failing.includes(code) ? 'fails' as const : 'works' as const, ...(value === 'percent' ? { value: 87 } : value === 'text' ? { value: 'Linux Mint 22' } : {}) },
    ]),
  );
}

export function rulesFor(category: Category) {
  const rules = RULE_SETS_2026.find((set) => set.categories.includes(category));
  if (!rules) throw new Error(`no rules for ${category}`);
  return rules;
}

/** The device after a step that must change it. */
export function after(outcome: Outcome | null): Device {
  if (outcome === null) throw new Error('nothing changed');
  return { ...outcome.device, version: outcome.device.version + 1 };
}

export const diagnosed = (device: Device = arrived()): Device => after(diagnose(device, diagnosis(), at(1)));
export function erased(device: Device = diagnosed()): Device {
  return after(recordEvidence(device, device.drives[0]!, evidence(), at(11)));
}
export const tested = (device: Device = erased()): Device => after(test(device, results(device.category), at(12)));
export const graded = (device: Device = tested()): Device => after(grade(device, {}, rulesFor(device.category), at(13)));
/** A laptop that went through all four benches. */
export const ready = (): Device => graded();

/** What happened, by name. */
export function happened(outcome: Outcome | null): string[] {
  return outcome === null ? [] : outcome.events.map(({ event }) => event);
}
