import { DomainError } from '@lacollecte/contracts';
import type { Device, DeviceState } from './device.js';

/** Before anything is announced about it: it can still be worked on, held or given up. */
const IN_WORKSHOP: readonly DeviceState[] = ['received', 'in-workshop'];
const UNFINISHED: readonly DeviceState[] = [...IN_WORKSHOP, 'repairing', 'blocked'];

/** Each step by its name and the states that it starts from; what more it needs is said by its own function. */
export const STEPS = {
  diagnose: IN_WORKSHOP,
  // Evidence is a fact: it is recorded whatever state the device is in.
  erase: ['received', 'in-workshop', 'repairing', 'blocked', 'rejected', 'harvested', 'ready', 'recalled', 'delivered', 'recycled', 'returned-to-donor', 'lost'],
  'declare-no-media': IN_WORKSHOP,
  'install-drive': [...IN_WORKSHOP, 'repairing'],
  'remove-drive': [...UNFINISHED, 'rejected'],
  'destroy-drive': [...UNFINISHED, 'rejected', 'harvested'],
  test: IN_WORKSHOP,
  grade: IN_WORKSHOP,
  block: [...IN_WORKSHOP, 'repairing'],
  unblock: ['blocked'],
  'start-repair': IN_WORKSHOP,
  'finish-repair': ['repairing'],
  reject: UNFINISHED,
  'undo-rejection': ['rejected'],
  harvest: ['rejected'],
  recycle: ['rejected', 'harvested'],
  recall: ['ready', 'delivered'],
  'return-to-donor': [...UNFINISHED, 'rejected'],
  lose: [...UNFINISHED, 'rejected', 'harvested', 'recalled'],
  find: ['lost'],
} as const satisfies Record<string, readonly DeviceState[]>;
export type StepName = keyof typeof STEPS;

/** Steps that others have acted on cannot be undone, they have steps of their own that lead back. */
export const UNDOABLE: ReadonlySet<string> = new Set<StepName>([
  'diagnose', 'erase', 'declare-no-media', 'install-drive', 'remove-drive', 'destroy-drive', 'test', 'grade', 'block', 'unblock',
  'start-repair', 'finish-repair', 'reject', 'undo-rejection', 'harvest',
]);

export function stepsFrom(state: DeviceState): StepName[] {
  return (Object.keys(STEPS) as StepName[]).filter((step) => (STEPS[step] as readonly DeviceState[]).includes(state));
}

/** The step no longer fits: whoever did what made it so is told from the history. */
export function refuse(device: Device, step: string): never {
  throw new DomainError('step-does-not-fit', { label: device.label, step, state: device.state });
}

export function fits(device: Device, step: StepName): void {
  if (!(STEPS[step] as readonly DeviceState[]).includes(device.state)) refuse(device, step);
}
