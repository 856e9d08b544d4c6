import { DomainError, type FieldError } from '@lacollecte/contracts';
import { CHECKLISTS, type ChecklistItem } from './checklists.js';
import { atWork, type Device, type Outcome, settle, UNCHANGED } from './device.js';
import { equal } from './equal.js';
import { fits, refuse } from './steps.js';

export interface TestResult {
  readonly verdict: 'works' | 'fails' | 'not-applicable';
  /** Percent or text, as the item asks. */
  readonly value?: number | string;
}
/** By the code of the checklist's item. */
export type TestResults = Readonly<Record<string, TestResult>>;

function fault(item: ChecklistItem, result: TestResult | undefined): string | null {
  if (!result) return 'test-item-missing';
  if (result.verdict === 'not-applicable') return item.optional ? null : 'test-item-needed';
  if (item.value === undefined) return null;
  if (result.value === undefined) return result.verdict === 'fails' ? null : 'test-value-missing';
  const fitting = item.value === 'percent' ? typeof result.value === 'number' && result.value >= 0 && result.value <= 100 : typeof result.value === 'string';
  return fitting ? null : 'test-value-unfit';
}

/** Items whose failure keeps the device from being given. */
export function failures(device: Pick<Device, 'category'>, results: TestResults): string[] {
  return CHECKLISTS[device.category].filter((item) => item.blocks && results[item.code]?.verdict === 'fails').map((item) => item.code);
}

/**
 * All items of the category's list, each with its result. The check is done where no item that blocks fails; else it stays
 * open with the results kept, and the device is repaired or rejected.
 */
export function test(device: Device, results: TestResults, at: string): Outcome | typeof UNCHANGED {
  fits(device, 'test');
  if (!device.diagnosed) throw new DomainError('diagnosis-first', { label: device.label });
  const list = CHECKLISTS[device.category];
  const fields: FieldError[] = [
    ...list.flatMap((item) => {
      const code = fault(item, results[item.code]);
      return code === null ? [] : [{ pointer: `/results/${item.code}`, code }];
    }),
    ...Object.keys(results).filter((code) => !list.some((item) => item.code === code)).map((code) => ({ pointer: `/results/${code}`, code: 'test-item-unknown' })),
  ];
  if (fields.length > 0) throw new DomainError('test-incomplete', { category: device.category }, fields);
  if (equal(device.testResults, results)) return UNCHANGED;
  if (device.tested) refuse(device, 'test');
  const tested = failures(device, results).length === 0;
  return settle({ ...atWork(device), tested, testResults: results }, [{ event: 'DeviceTested' }], at);
}
