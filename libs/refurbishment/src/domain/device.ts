import { type Category, type Grade, type refurbishment, STOCK_GRADES, type StockGrade } from '@lacollecte/contracts';
import { type Drive, erasureDone, evidenceTime } from './drives.js';
import type { Hardware } from './diagnosis.js';
import type { TestResults } from './testing.js';

export type DeviceState = refurbishment.DeviceState;

/** In the order in which a bench does them: people see the first open one. */
export const CHECKS = ['diagnosis', 'erasure', 'test', 'grade'] as const;
export type Check = (typeof CHECKS)[number];

/** What a grade came from. */
export interface Grading {
  readonly grade: Grade;
  readonly ruleSet: string;
  readonly total: number;
  /** The best grade that a cap allowed, where it lowered this one. */
  readonly cappedAt: Grade | null;
  readonly adjustments: Readonly<Record<string, number>>;
}

/** Why it is held, and since when; on the donor it has an end. */
export interface Block {
  readonly reason: string;
  readonly note: string | null;
  readonly onDonor: boolean;
}

/** How it ended, and what is known of that end. */
export interface Ending {
  readonly reason: string | null;
  readonly detail: Readonly<Record<string, string | number | readonly string[]>>;
}

/** One device from the dock to its end. Times are ISO 8601 in UTC. */
export interface Device {
  readonly id: string;
  readonly version: number;
  readonly state: DeviceState;
  readonly lotId: string;
  readonly donorId: string;
  readonly siteId: string;
  readonly label: string;
  readonly category: Category;
  readonly earmark: string | null;
  readonly maker: string | null;
  readonly model: string | null;
  readonly serial: string | null;
  readonly imei: string | null;
  readonly assetTag: string | null;
  /** Null: the age is not known and matters, so diagnosis asks. */
  readonly recycleForAge: boolean | null;
  readonly diagnosed: boolean;
  readonly erased: boolean;
  readonly tested: boolean;
  readonly graded: boolean;
  readonly hardware: Hardware | null;
  readonly drives: readonly Drive[];
  /** When an operator declared that nothing in it holds data. */
  readonly noMediaAt: string | null;
  readonly simCards: number;
  readonly sdCards: number;
  readonly testResults: TestResults | null;
  readonly grading: Grading | null;
  /** States it returns to, innermost first: a hold on a hold returns to the first hold. */
  readonly heldFrom: readonly DeviceState[];
  readonly block: Block | null;
  /** A block on the donor becomes a rejection then. */
  readonly blockUntil: string | null;
  readonly ending: Ending | null;
  /** When this stay in the workshop began: evidence of a stay before counts for nothing. */
  readonly openedAt: string;
  /** The newest fact about where it is: an older one that arrives later changes nothing. */
  readonly placedAt: string;
}

/** Events of the device name this much of it by themselves. */
type Base = 'deviceId' | 'lotId' | 'siteId' | 'state' | 'waitsFor' | 'dueAt';
type DeviceEvents = typeof refurbishment;
type EventName = { [K in keyof DeviceEvents]: DeviceEvents[K] extends { topic: string } ? K : never }[keyof DeviceEvents];
type Data<K extends EventName> = DeviceEvents[K] extends { schema: { _output: infer D } } ? D : never;

/** What a command did, by the name of its event in the contract, with what the event says beyond the device itself. */
export type Happening = { [K in EventName]: { readonly event: K } & Omit<Data<K>, Base> }[EventName];

/** It must come back, for a reason that the structure is told. */
export function recalledFor(code: refurbishment.RecallReason, at: string): Happening {
  return { event: 'DeviceRecalled', code, reason: code, recalledAt: at };
}

/** The next state and what happened. */
export interface Outcome {
  readonly device: Device;
  readonly events: readonly Happening[];
}
/** A step that was done before with the same content changes nothing. */
export const UNCHANGED = null;

export function checksOf(device: Device): Readonly<Record<Check, boolean>> {
  return { diagnosis: device.diagnosed, erasure: device.erased, test: device.tested, grade: device.graded };
}

/** The bench it waits at: the first open check of a device that nothing holds. */
export function firstOpenCheck(device: Device): Check | null {
  if (device.state !== 'received' && device.state !== 'in-workshop') return null;
  const done = checksOf(device);
  return CHECKS.find((check) => !done[check]) ?? null;
}

/** What it waits for in the workshop, and until when. */
export function waitingOf(device: Device): { readonly waitsFor: string | null; readonly dueAt: string | null } {
  const blocked = device.state === 'blocked';
  return { waitsFor: blocked ? (device.block?.reason ?? null) : firstOpenCheck(device), dueAt: blocked ? device.blockUntil : null };
}

export function isStockGrade(grade: Grade | undefined): grade is StockGrade {
  return (STOCK_GRADES as readonly (Grade | undefined)[]).includes(grade);
}

/** Work on it has begun. */
export function atWork(device: Device): Device {
  return device.state === 'received' ? { ...device, state: 'in-workshop' } : device;
}

/**
 * Ends every command: whether its media are accounted for follows from its drives, and a device in the workshop with all
 * four checks done is ready. Only then does inventory hear of it.
 * @param at the transaction's time, which becomes that of its whereabouts
 */
export function settle(device: Device, events: readonly Happening[], at: string): Outcome {
  const next = { ...device, erased: erasureDone(device) };
  const grade = next.grading?.grade;
  if (next.state !== 'in-workshop' || !next.diagnosed || !next.erased || !next.tested || !next.graded || !isStockGrade(grade)) {
    return { device: next, events };
  }
  const { donorId, label, category, earmark } = next;
  return {
    device: { ...next, state: 'ready', placedAt: at },
    events: [...events, { event: 'DeviceReady', donorId, label, category, grade, earmark, evidenceAt: evidenceTime(next) }],
  };
}
