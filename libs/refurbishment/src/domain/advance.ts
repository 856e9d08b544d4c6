import { DomainError } from '@lacollecte/contracts';
import { type Check, checksOf, type Device, firstOpenCheck } from './device.js';
import { refuse, type StepName } from './steps.js';

/** The step that does a check, for advancing. */
export const STEP_OF_CHECK: Readonly<Record<Check, StepName>> = { diagnosis: 'diagnose', erasure: 'erase', test: 'test', grade: 'grade' };

/** Only the first open check is advanced; one that is done already is a repetition or another's work. */
export function advanceable(device: Device, check: Check): void {
  const next = firstOpenCheck(device);
  if (next === check) return;
  if (next === null || checksOf(device)[check]) refuse(device, STEP_OF_CHECK[check]);
  throw new DomainError('not-the-next-check', { label: device.label, check, next });
}
