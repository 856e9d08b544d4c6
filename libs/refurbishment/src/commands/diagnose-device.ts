import type { Tx } from '@lacollecte/database';
import { v7 } from 'uuid';
import type { Device } from '../domain/device.js';
import { diagnose } from '../domain/diagnosis.js';
import type { StepInput } from '../http/steps.schemas.js';
import { matchWaiting } from './match-waiting.js';
import type { Performed } from './perform-step.js';

type DiagnoseInput = Extract<StepInput, { step: 'diagnose' }>;

/** The hardware is known; evidence that waited for one of its drives is matched with it. */
export async function performDiagnosis(tx: Tx, device: Device, input: DiagnoseInput, at: string): Promise<Performed> {
  const { maker, model, serial, imei, assetTag } = input;
  const identity = Object.fromEntries(Object.entries({ maker, model, serial, imei, assetTag }).filter(([, value]) => value !== undefined));
  const drives = input.drives.map((drive) => ({ ...drive, id: v7() }));
  const outcome = diagnose(device, { hardware: input.hardware, drives, identity, olderThanTenYears: input.olderThanTenYears, cards: input.cards }, at);
  if (outcome === null) return { outcome };
  const known = new Set(device.drives.map((drive) => drive.serial));
  return matchWaiting(tx, outcome, outcome.device.drives.flatMap((drive) => (drive.serial === null || known.has(drive.serial) ? [] : [drive.serial])), at);
}
