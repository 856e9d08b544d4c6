import type { EventData, refurbishment } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { firstStocked, type Item, type ItemChange, fits, type Ready, stockedAgain } from '../domain/item.js';
import { ensureCells } from '../persistence/cell.repository.js';
import { type ItemSave, lockItems, saveItems } from '../persistence/item.repository.js';
import { lockMarks, type RecallMark, unmark } from '../persistence/recall-mark.repository.js';

export interface ReadyDevice {
  /** The transaction with this event as its cause. */
  readonly tx: Tx;
  readonly device: EventData<typeof refurbishment.DeviceReady>;
  /** The device's version in refurbishment. */
  readonly version: number;
}

/**
 * Devices become stock, in sets: the same item in a new version where it was stock before. A mark is cleared by evidence
 * newer than its recall; under an older one the device is not stock but sent back, whichever came first. What is told
 * a second time, or late, changes nothing.
 */
export async function stockDevices(tx: Tx, devices: readonly ReadyDevice[]): Promise<void> {
  const newest = new Map<string, ReadyDevice>();
  for (const ready of devices) {
    const { deviceId } = ready.device;
    if (ready.version > (newest.get(deviceId)?.version ?? 0)) newest.set(deviceId, ready);
  }
  const ids = [...newest.keys()].sort();
  const items = new Map((await lockItems(tx, ids)).map((item) => [item.id, item]));
  const marks = await lockMarks(tx, ids);

  const changes: ItemSave[] = [];
  const cleared: string[] = [];
  for (const { tx: cause, device, version } of newest.values()) {
    const ready = toReady(device, version);
    const mark = marks.get(ready.id);
    const marked = isMarked(ready, mark);
    const change = stocked(items.get(ready.id), ready, marked, tx.now);
    if (!change) continue;
    changes.push({ ...change, tx: cause });
    if (mark && !marked) cleared.push(ready.id);
  }
  if (changes.length === 0) return;
  await ensureCells(tx, changes.map(({ after }) => after));
  await saveItems(tx, changes);
  await unmark(tx, cleared);
}

function toReady(device: ReadyDevice['device'], readyVersion: number): Ready {
  const { deviceId: id, siteId, category, grade, earmark, label, evidenceAt } = device;
  return { id, siteId, category, grade, earmark, label, evidenceAt: new Date(evidenceAt), readyVersion };
}

function isMarked(ready: Ready, mark: RecallMark | undefined): boolean {
  return mark !== undefined && ready.evidenceAt <= mark.recalledAt;
}

function stocked(item: Item | undefined, ready: Ready, marked: boolean, now: Date): ItemChange | undefined {
  if (!item) return firstStocked(ready, now, marked);
  if (marked || ready.readyVersion <= item.readyVersion || !fits(item, 'stock')) return undefined;
  return stockedAgain(item, ready, now);
}
