import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { settingsOf } from '@lacollecte/runtime';
import type { Device, Outcome } from '../domain/device.js';
import { installDrive, removeDrive } from '../domain/drive-work.js';
import { find, harvest, lose, recall, recycle, returnToDonor } from '../domain/endings.js';
import { declareNoMedia, destroyDrive } from '../domain/erasure.js';
import { grade } from '../domain/grading.js';
import { block, finishRepair, reject, startRepair, unblock, undoRejection } from '../domain/holds.js';
import { test } from '../domain/testing.js';
import type { StepInput } from '../http/steps.schemas.js';
import { ruleSetFor } from '../persistence/rule-set.repository.js';
import { settings } from '../settings.js';
import { v7 } from 'uuid';
import { performDiagnosis } from './diagnose-device.js';
import { performErasure } from './record-erasure.js';
import { erasureOfHarvested } from './harvested-drive.js';
import { performUndo } from './undo-step.js';

/** What a step came to; `followUp` writes what hangs on the saved device. */
export interface Performed {
  /** Null: nothing changes, it was done before. */
  readonly outcome: Outcome | null;
  /** Evidence that waits in the review queue instead. */
  readonly review?: string;
  readonly followUp?: (saved: Device) => Promise<void>;
}

type Perform = { readonly [S in StepInput['step']]: (tx: Tx, device: Device, input: Extract<StepInput, { step: S }>, at: string) => Promise<Performed> };

const done = (outcome: Outcome | null): Promise<Performed> => Promise.resolve({ outcome });
const blockDays = async (tx: Tx): Promise<number> => (await settingsOf(tx, settings)).donorAnswerDays;

const PERFORM: Perform = {
  diagnose: performDiagnosis,
  erase: performErasure,
  'declare-no-media': (_, device, __, at) => done(declareNoMedia(device, at)),
  'install-drive': async (tx, device, input, at) => {
    const known = device.drives.some((drive) => drive.serial === input.serial);
    const evidence = input.origin === 'harvested' && !known ? await erasureOfHarvested(tx, device, input) : null;
    return { outcome: installDrive(device, { ...input, id: v7(), evidence }, at) };
  },
  'remove-drive': (_, device, input, at) => done(removeDrive(device, input, at)),
  'destroy-drive': (_, device, input, at) => done(destroyDrive(device, input, at)),
  test: (_, device, input, at) => done(test(device, input.results, at)),
  grade: async (tx, device, input, at) => {
    const rules = await ruleSetFor(tx, device.category);
    if (!rules) throw new DomainError('no-rule-set', { category: device.category });
    return { outcome: grade(device, input.adjustments, rules, at) };
  },
  block: async (tx, device, input, at) => ({ outcome: block(device, input, await blockDays(tx), at) }),
  unblock: (_, device, __, at) => done(unblock(device, at)),
  'start-repair': (_, device, __, at) => done(startRepair(device, at)),
  'finish-repair': (_, device, __, at) => done(finishRepair(device, at)),
  reject: (_, device, input, at) => done(reject(device, input, at)),
  'undo-rejection': async (tx, device, _, at) => ({ outcome: undoRejection(device, await blockDays(tx), at) }),
  harvest: (_, device, input, at) => done(harvest(device, input.parts, at)),
  recycle: (_, device, { weightKg, destination, wasteCode, pallet }, at) => done(recycle(device, { weightKg, destination, wasteCode, pallet }, at)),
  recall: (_, device, input, at) => done(recall(device, input.reason, at)),
  'return-to-donor': (_, device, input, at) => done(returnToDonor(device, input.reason, at)),
  lose: (_, device, input, at) => done(lose(device, input.reason, at)),
  find: (_, device, __, at) => done(find(device, at)),
  undo: performUndo,
};

/** Decides what the step comes to for a locked device; writes nothing of the device yet. */
export function perform(tx: Tx, device: Device, input: StepInput): Promise<Performed> {
  const act = PERFORM[input.step] as (tx: Tx, device: Device, input: StepInput, at: string) => Promise<Performed>;
  return act(tx, device, input, tx.now.toISOString());
}
