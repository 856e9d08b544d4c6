import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { v7 } from 'uuid';
import type { Device } from '../domain/device.js';
import { edit, type SheetEdit } from '../domain/sheet.js';
import { lockById, save } from '../persistence/device.repository.js';
import { mayActOn } from './find-devices.js';

/** Corrects the sheet that was shown at `version`. */
export async function editDevice(tx: Tx, input: { deviceId: string; version: number; change: SheetEdit }): Promise<Device> {
  const device = await lockById(tx, input.deviceId);
  if (!device) throw new DomainError('device-unknown', { identifier: input.deviceId });
  mayActOn(tx.actor, device);
  if (device.version !== input.version) throw new DomainError('stale-version');
  const outcome = edit(device, input.change, v7(), tx.now.toISOString());
  return outcome ? save(tx, device, outcome, { step: 'edit', payload: input.change }) : device;
}
