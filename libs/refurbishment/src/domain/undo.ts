import { DomainError } from '@lacollecte/contracts';
import { type Device, type Outcome, settle } from './device.js';
import { refuse, UNDOABLE } from './steps.js';

/** The newest line of a device's history. */
export interface LastStep {
  readonly step: string;
  readonly by: string;
  readonly at: string;
  readonly version: number;
  readonly before: Partial<Device>;
}

/** Nobody outside the workshop has heard of a device in these states. */
const UNANNOUNCED: readonly Device['state'][] = ['received', 'in-workshop', 'repairing', 'blocked', 'rejected', 'harvested'];

/**
 * Back to what it was before one's own last step, while nothing followed.
 * @throws DomainError `step-does-not-fit` where the last step is another's or followed by anything, `undo-too-late`
 */
export function undo(device: Device, last: LastStep, who: { by: string; undoMinutes: number }, at: string): Outcome {
  if (last.by !== who.by || last.version !== device.version || !UNDOABLE.has(last.step) || !UNANNOUNCED.includes(device.state)) refuse(device, 'undo');
  if (Date.parse(at) - Date.parse(last.at) > who.undoMinutes * 60_000) throw new DomainError('undo-too-late', { step: last.step, minutes: who.undoMinutes });
  return settle({ ...device, ...last.before, version: device.version }, [{ event: 'StepUndone' }], at);
}
