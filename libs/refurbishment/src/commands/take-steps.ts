import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { advanceable } from '../domain/advance.js';
import type { Check, Device } from '../domain/device.js';
import type { StepInput } from '../http/steps.schemas.js';
import { save } from '../persistence/device.repository.js';
import { recentSteps } from '../persistence/step.repository.js';
import { lockScanned, mayActOn } from './find-devices.js';
import { perform } from './perform-step.js';

/** What was scanned, and what is to be done with it. */
export interface Scan {
  readonly label: string;
  readonly input: StepInput;
  /** Only if this is the device's first open check. */
  readonly check?: Check;
  /** By the clock of the device that scanned. */
  readonly occurredAt?: string | null | undefined;
}

/** `repeated`: it was done before, and is answered as then. `review`: the evidence was kept and waits for a person. */
export type Answer =
  | { readonly label: string; readonly outcome: 'done' | 'repeated'; readonly device: Device }
  | { readonly label: string; readonly outcome: 'review'; readonly device: Device; readonly evidenceId: string }
  | { readonly label: string; readonly outcome: 'refused'; readonly error: DomainError };

/** A step that no longer fits: the same one done before is answered as then, another is refused with who did what and when. */
async function explain(tx: Tx, device: Device, step: string, payload: object): Promise<void> {
  const recent = await recentSteps(tx, device.id, payload);
  const own = recent.find((one) => one.step === step);
  if (own?.same) return;
  const last = own ?? recent[0];
  throw new DomainError('step-refused', {
    label: device.label, step, state: device.state, lastStep: last?.step ?? 'arrive', by: last?.by ?? 'system', at: last?.at ?? device.openedAt,
  });
}

async function take(tx: Tx, device: Device, scan: Scan): Promise<Answer & { outcome: 'done' | 'repeated' | 'review' }> {
  mayActOn(tx.actor, device);
  const { label } = device;
  const { step, ...payload } = scan.input;
  try {
    if (scan.check) advanceable(device, scan.check);
    const { outcome, review, followUp } = await perform(tx, device, scan.input);
    if (review !== undefined) return { label, outcome: 'review', device, evidenceId: review };
    if (outcome === null) return { label, outcome: 'repeated', device };
    const saved = await save(tx, device, outcome, { step, payload, occurredAt: scan.occurredAt });
    await followUp?.(saved);
    return { label, outcome: 'done', device: saved };
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== 'step-does-not-fit') throw error;
    await explain(tx, device, step, payload);
    return { label, outcome: 'repeated', device };
  }
}

/**
 * Steps of many devices in the order they were scanned, each answered on its own: one that is refused stops no other, and
 * has written nothing.
 */
export async function takeSteps(tx: Tx, scans: readonly Scan[]): Promise<Answer[]> {
  const { found, devices } = await lockScanned(tx, scans.map(({ label }) => label));
  const answers: Answer[] = [];
  for (const [i, scan] of scans.entries()) {
    const place = found[i]!;
    try {
      if ('error' in place) throw place.error;
      const answer = await take(tx, devices.get(place.id)!, scan);
      devices.set(place.id, answer.device);
      answers.push({ ...answer, label: scan.label });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      answers.push({ label: scan.label, outcome: 'refused', error });
    }
  }
  return answers;
}

/** One device's step. @throws DomainError why it was refused */
export async function takeStep(tx: Tx, scan: Scan): Promise<Exclude<Answer, { outcome: 'refused' }>> {
  const [answer] = await takeSteps(tx, [scan]);
  if (!answer) throw new Error('a scan was not answered');
  if (answer.outcome === 'refused') throw answer.error;
  return answer;
}
