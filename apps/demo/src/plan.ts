import type { Category } from '@lacollecte/contracts';
import { Random, token } from './random.js';

/** A line of the lot, as intake lists it. */
export interface Line {
  readonly id: string;
  readonly category: Category;
  readonly maker: string | null;
  readonly model: string | null;
  readonly serial: string | null;
  readonly imei: string | null;
  readonly quantity: number;
  readonly declined: number;
  readonly condition: string | null;
}

export type Arrival = 'received' | 'missing' | 'refused' | 'unexpected';

/** One device, and what happens to it at the dock. */
export interface PlannedDevice {
  /** Its place in the list, from 0: all that befalls it follows from the seed and this. */
  readonly position: number;
  readonly category: Category;
  readonly maker: string | null;
  readonly model: string | null;
  readonly serial: string;
  readonly imei: string | null;
  /** A line names it by serial or IMEI; else it is one of a number. */
  readonly named: boolean;
  readonly condition: string | null;
  readonly arrival: Arrival;
}

/** Of the devices declared. */
const MISSING_SHARE = 0.03;
const UNEXPECTED_SHARE = 0.02;

/** Every device of the lines with what happens to it at the dock, then those that nobody announced. Accessories are counted, not scanned. */
export function planDevices(lines: readonly Line[], seed: number): PlannedDevice[] {
  const announced = lines.filter((line) => line.category !== 'accessory').flatMap((line) => Array.from({ length: line.quantity - line.declined }, () => line));
  const n = announced.length;
  const order = new Random(seed, 'dock').shuffle(announced.map((_, position) => position));
  const missing = Math.round(n * MISSING_SHARE);
  const refused = n < 10 ? 0 : n < 100 ? 1 : 2;
  const fates = new Map<number, Arrival>(order.slice(0, missing + refused).map((position, i) => [position, i < missing ? 'missing' : 'refused']));
  const devices = announced.map((line, position): PlannedDevice => {
    const { category, maker, model, serial, imei, condition } = line;
    const named = serial !== null || imei !== null;
    return { position, category, maker, model, serial: serial ?? serialOf(seed, position), imei, named, condition, arrival: fates.get(position) ?? 'received' };
  });
  return [...devices, ...unexpected(devices, Math.round(n * UNEXPECTED_SHARE), seed)];
}

/** Like the others of the list; but never of a kind that is counted in it, for then it would be one of those. */
function unexpected(devices: readonly PlannedDevice[], count: number, seed: number): PlannedDevice[] {
  const counted = new Set(devices.filter((device) => !device.named).map((device) => device.category));
  const alike = devices.filter((device) => !counted.has(device.category));
  const random = new Random(seed, 'unexpected');
  return Array.from({ length: count }, (_, i) => {
    const position = devices.length + i;
    const like = alike[random.below(Math.max(1, alike.length))] ?? { category: 'all-in-one' as const, maker: 'HP', model: 'EliteOne 800 G3' };
    const { category, maker, model } = like;
    return { position, category, maker, model, serial: serialOf(seed, position), imei: null, named: false, condition: null, arrival: 'unexpected' as const };
  });
}

/** What the operator reads on a device that its list does not name. */
function serialOf(seed: number, position: number): string {
  return `LD${token(8, seed, 'serial', position)}`;
}

/** Computers of the list: from 15 on pick-up is free, below the donor brings them. */
export function usableComputers(lines: readonly Line[]): number {
  return lines
    .filter(({ category }) => ['laptop', 'desktop', 'all-in-one', 'tablet', 'smartphone'].includes(category))
    .reduce((sum, line) => sum + line.quantity - line.declined, 0);
}
