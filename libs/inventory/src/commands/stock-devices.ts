import type { EventData, refurbishment } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { firstStocked, fits, type Item, type ItemChange, newestReady, type Ready, stockedAgain } from '../domain/item.js';
import { ensureCells } from '../persistence/cell.repository.js';
import { type ItemSave, keepAhead, lockItems, saveItems } from '../persistence/item.repository.js';
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
 * newer than its recall; under an older one the device is not stock but sent back, whichever came first. One that is still
 * promised here is stock again once it has left its reservation. What is told a second time, or late, changes nothing.
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
  const ahead: Ready[] = [];
  const cleared: string[] = [];
  for (const { tx: cause, device, version } of newest.values()) {
    const ready = toReady(device, version);
    const mark = marks.get(ready.id);
    const marked = isMarked(ready, mark);
    const item = items.get(ready.id);
    const change = stocked(item, ready, marked, tx.now);
    if (change) changes.push({ ...change, tx: cause });
    else if (item && !marked && isAhead(item, ready)) ahead.push(ready);
    else continue;
    if (mark && !marked) cleared.push(ready.id);
  }
  await ensureCells(tx, [...changes.map(({ after }) => after), ...ahead]);
  await saveItems(tx, changes);
  await keepAhead(tx, ahead);
  await unmark(tx, cleared);
}

function toReady(device: ReadyDevice['device'], readyVersion: number): Ready {
  const { deviceId: id, siteId, category, grade, earmark, label, evidenceAt } = device;
  return { id, siteId, category, grade, earmark, label, evidenceAt: new Date(evidenceAt), readyVersion };
}

function isMarked(ready: Ready, mark: RecallMark | undefined): boolean {
  return mark !== undefined && ready.evidenceAt <= mark.recalledAt;
}

/** Here it is still promised: what took it away is told by another topic, and is on its way to us. */
function isAhead(item: Item, ready: Ready): boolean {
  return (item.state === 'reserved' || item.state === 'picked') && ready.readyVersion > newestReady(item).readyVersion;
}

function stocked(item: Item | undefined, ready: Ready, marked: boolean, now: Date): ItemChange | undefined {
  if (!item) return firstStocked(ready, now, marked);
  if (marked || ready.readyVersion <= newestReady(item).readyVersion || !fits(item, 'stock')) return undefined;
  return stockedAgain(item, ready, now);
}
