import { DomainError, type EventDefinition, inventory } from '@lacollecte/contracts';
import type { Cell } from './cell.js';

export type ItemState = (typeof inventory.ITEM_STATES)[number];

export const SET_ASIDE_REASONS = ['damaged', 'missing', 'other'] as const;
/** Why a person sets an item aside; the same person may put it back. */
export type SetAsideReason = (typeof SET_ASIDE_REASONS)[number];
/** `recalled` and `returned`: the workshop has it, only a device that is ready again comes back from there. */
export type QuarantineReason = SetAsideReason | 'recalled' | 'returned';

/** Where items are until somebody has put them away. */
export const RECEIVING_BIN = 'RECEPTION';

/** A ready device in stock. Its id is the device's. */
export interface Item extends Cell {
  readonly id: string;
  readonly version: number;
  readonly state: ItemState;
  readonly label: string;
  /** Null once it has left the site or stock. */
  readonly bin: string | null;
  /** Reserved, picked: the active one. Issued: the one it left with. Else null. */
  readonly reservationId: string | null;
  readonly quarantine: QuarantineReason | null;
  /** What a person noted when setting it aside or writing it off. */
  readonly note: string | null;
  /** Newest erasure that its readiness rests on. */
  readonly evidenceAt: Date;
  /** Version of the device that made it stock: an older one says nothing new. */
  readonly readyVersion: number;
  /** Since when it is stock: the oldest goes first. */
  readonly stockedAt: Date;
  /** Its device is ready anew, although it is reserved or picked here: it came back from somewhere that we have yet to hear it went to. */
  readonly next: Ready | null;
}

/**
 * What each step makes of each state. The steps of people (`set-aside`, `clear`, `write-off`, `put-away`) are refused where
 * they do not fit; the others are facts told by another service, and where one does not fit its item is left as it is.
 * Return, loss and hand-over may be heard before the sealing that led to them: so they start from `reserved` too; and from what a
 * person set aside, and perhaps cleared, while its parcel had left already and that was not heard yet.
 */
export const ITEM_STEPS = {
  stock: { 'in-stock': 'in-stock', quarantined: 'in-stock', issued: 'in-stock', 'written-off': 'in-stock' },
  reserve: { 'in-stock': 'reserved' },
  release: { reserved: 'in-stock', picked: 'in-stock' },
  pick: { reserved: 'picked' },
  unpick: { picked: 'reserved' },
  issue: { picked: 'issued', reserved: 'issued', quarantined: 'issued', 'in-stock': 'issued' },
  restock: { issued: 'in-stock', picked: 'in-stock', reserved: 'in-stock', quarantined: 'in-stock', 'in-stock': 'in-stock' },
  'send-back': { issued: 'quarantined', picked: 'quarantined', reserved: 'quarantined', quarantined: 'quarantined', 'in-stock': 'quarantined' },
  recall: { 'in-stock': 'quarantined', reserved: 'quarantined', picked: 'quarantined', quarantined: 'quarantined' },
  miss: { reserved: 'quarantined', picked: 'quarantined' },
  lose: { reserved: 'written-off', picked: 'written-off', issued: 'written-off', quarantined: 'written-off', 'in-stock': 'written-off' },
  'set-aside': { 'in-stock': 'quarantined', reserved: 'quarantined' },
  clear: { quarantined: 'in-stock' },
  'write-off': { 'in-stock': 'written-off', quarantined: 'written-off' },
  'put-away': { 'in-stock': 'in-stock', reserved: 'reserved', quarantined: 'quarantined' },
} as const satisfies Record<string, Partial<Record<ItemState, ItemState>>>;
export type ItemStep = keyof typeof ITEM_STEPS;

/** What may follow what, over all steps. */
export function itemTransitions(): Record<string, string[]> {
  const next: Record<string, string[]> = { '': ['in-stock', 'quarantined'] };
  for (const state of inventory.ITEM_STATES) {
    const reached = Object.values(ITEM_STEPS).map((step: Partial<Record<ItemState, ItemState>>) => step[state]);
    next[state] = [...new Set(reached)].filter((to) => to !== undefined && to !== state) as string[];
  }
  return next;
}

/** One step of one item and the event that says so. */
export interface ItemChange {
  /** Null where the item is new. */
  readonly before: Item | null;
  readonly after: Item;
  readonly event: EventDefinition<typeof inventory.ItemStocked.schema>;
}

export function fits(item: Item, step: ItemStep): boolean {
  return item.state in ITEM_STEPS[step];
}

/** Whether `reservationId` is the one that the item is reserved, picked or issued under, and the step fits. */
export function fitsUnder(item: Item, reservationId: string, step: ItemStep): boolean {
  return item.reservationId === reservationId && fits(item, step);
}

type Next = Partial<Omit<Item, 'id' | 'version' | 'state'>>;

function change(item: Item, step: ItemStep, event: ItemChange['event'], next: Next): ItemChange {
  const state = (ITEM_STEPS[step] as Partial<Record<ItemState, ItemState>>)[item.state];
  if (!state) throw new DomainError('item-step-refused', { label: item.label, step, state: item.state });
  return { before: item, after: { ...item, ...next, state, version: item.version + 1 }, event };
}

const AT_REST = { reservationId: null, quarantine: null, note: null } as const;

/** What a device that is ready says of its item. */
export type Ready = Cell & Pick<Item, 'id' | 'label' | 'evidenceAt' | 'readyVersion'>;

/** The newest readiness that we know of, whether it is stock through it yet or not. */
export function newestReady(item: Item): Pick<Ready, 'evidenceAt' | 'readyVersion'> {
  return item.next ?? item;
}

/** It will be stock through this readiness once it has left the reservation that it is under. */
export function readyAhead(item: Item, next: Ready): Item {
  return { ...item, next };
}

/** The item of a device that was never stock. `marked`: it is under a recall that is not older than its evidence. */
export function firstStocked(ready: Ready, now: Date, marked: boolean): ItemChange {
  const item: Item = { ...ready, ...AT_REST, version: 1, state: 'in-stock', bin: RECEIVING_BIN, stockedAt: now, next: null };
  if (!marked) return { before: null, after: item, event: inventory.ItemStocked };
  return { before: null, after: { ...item, state: 'quarantined', quarantine: 'recalled' }, event: inventory.ItemSentBack };
}

/** The same item once more, perhaps in another cell. */
export function stockedAgain(item: Item, ready: Ready, now: Date): ItemChange {
  const bin = item.state === 'in-stock' && item.siteId === ready.siteId ? item.bin : RECEIVING_BIN;
  return change(item, 'stock', inventory.ItemStocked, { ...ready, ...AT_REST, bin, stockedAt: now, next: null });
}

export function reserve(item: Item, reservationId: string): ItemChange {
  return change(item, 'reserve', inventory.ItemReserved, { reservationId });
}

/** Free again, in `bin` where that is said. */
export function release(item: Item, bin: string | null = null): ItemChange {
  return change(item, 'release', inventory.ItemReleased, { ...AT_REST, bin: bin ?? item.bin });
}

export function pick(item: Item): ItemChange {
  return change(item, 'pick', inventory.ItemPicked, {});
}

export function unpick(item: Item): ItemChange {
  return change(item, 'unpick', inventory.ItemReserved, {});
}

export function issue(item: Item): ItemChange {
  return change(item, 'issue', inventory.ItemIssued, { quarantine: null, note: null, bin: null });
}

/** Back under an unbroken seal. */
export function restock(item: Item): ItemChange {
  return change(item, 'restock', inventory.ItemStocked, { ...AT_REST, bin: RECEIVING_BIN });
}

/** Back otherwise; refurbishment hears of it from here. */
export function sendBack(item: Item, reason: 'returned' | 'recalled'): ItemChange {
  return change(item, 'send-back', inventory.ItemSentBack, { ...AT_REST, quarantine: reason, bin: null });
}

/** Back through a return that dispatch has told refurbishment of. */
export function takeReturn(item: Item, reason: 'returned' | 'recalled'): ItemChange {
  return change(item, 'send-back', inventory.ItemQuarantined, { ...AT_REST, quarantine: reason, bin: null });
}

export function recall(item: Item): ItemChange {
  const { evidenceAt, readyVersion } = newestReady(item);
  return change(item, 'recall', inventory.ItemSentBack, { ...AT_REST, quarantine: 'recalled', evidenceAt, readyVersion, next: null });
}

/** In the workshop's hands already: a recall changes nothing there. */
export function isSentBack(item: Item): boolean {
  return item.quarantine === 'recalled' || item.quarantine === 'returned';
}

export function miss(item: Item): ItemChange {
  return change(item, 'miss', inventory.ItemQuarantined, { ...AT_REST, quarantine: 'missing' });
}

export function lose(item: Item): ItemChange {
  return change(item, 'lose', inventory.ItemWrittenOff, { ...AT_REST, bin: null });
}

export function setAside(item: Item, quarantine: SetAsideReason, note: string | null): ItemChange {
  return change(item, 'set-aside', inventory.ItemQuarantined, { reservationId: null, quarantine, note });
}

/** Back to stock by a person. Throws where the workshop must say so. */
export function clear(item: Item, marked: boolean): ItemChange {
  if (marked || isSentBack(item)) throw new DomainError('item-in-workshop', { label: item.label });
  return change(item, 'clear', inventory.ItemStocked, { ...AT_REST, bin: item.bin ?? RECEIVING_BIN });
}

export function writeOff(item: Item, note: string): ItemChange {
  if (isSentBack(item)) throw new DomainError('item-in-workshop', { label: item.label });
  return change(item, 'write-off', inventory.ItemWrittenOff, { ...AT_REST, note, bin: null });
}

export function putAway(item: Item, bin: string): ItemChange {
  return change(item, 'put-away', inventory.ItemPutAway, { bin });
}
