import type { Category } from '@lacollecte/contracts';
import { Random } from './random.js';

export interface PlannedDrive {
  readonly kind: 'nvme' | 'ssd' | 'hdd' | 'internal';
  readonly sizeGb: number;
  readonly erasureFails: boolean;
}

/** What the bench finds in a device, and what becomes of it there. */
export interface WorkshopPlan {
  readonly hardware: { readonly cpuMark?: number; readonly ramGb?: number; readonly storageGb?: number; readonly benchmark?: number };
  /** The one that is read and erased; null where a device has none of its own or needs none. */
  readonly drive: PlannedDrive | null;
  /** What replaces a drive that had to be destroyed; null: the device is given up. */
  readonly replacement: { readonly kind: 'ssd'; readonly sizeGb: number } | null;
  /** At the first test. */
  readonly testFails: boolean;
  readonly repairable: boolean;
  readonly batteryPercent: number;
  readonly adjustments: Readonly<Record<string, number>>;
}

type Computer = readonly [weight: number, value: readonly [cpuMark: number, ramGb: number, kind: 'nvme' | 'ssd' | 'hdd', sizeGb: number]];
type Mobile = readonly [weight: number, value: readonly [ramGb: number, storageGb: number, benchmark: number]];

/** Company laptops of six to nine years: about one in ten is too slow for anybody. */
const LAPTOPS: readonly Computer[] = [
  [26, [6100, 8, 'nvme', 256]], [22, [3800, 8, 'ssd', 256]], [18, [2450, 8, 'ssd', 256]], [9, [8200, 16, 'nvme', 512]], [10, [2450, 8, 'hdd', 500]], [6, [2600, 4, 'ssd', 128]],
  [9, [1800, 4, 'hdd', 500]],
];
const DESKTOPS: readonly Computer[] = [
  [24, [6400, 8, 'ssd', 256]], [16, [8800, 16, 'nvme', 512]], [22, [5200, 8, 'hdd', 1000]], [18, [3300, 4, 'hdd', 500]], [20, [1900, 4, 'hdd', 250]],
];
const MOBILES: readonly Mobile[] = [[30, [4, 64, 200_000]], [25, [3, 32, 100_000]], [20, [6, 128, 400_000]], [10, [8, 256, 725_000]], [15, [1, 8, 30_000]]];

/** Failed erasures (a). */
const FAILING = { nvme: 0.02, ssd: 0.02, hdd: 0.04, internal: 0.02 } as const;
/** Broken at the first test; a list that says so of a device is mostly right. */
const BROKEN_SHARE = 0.08;
const SAID_BROKEN_SHARE = 0.6;
const SAYS_BROKEN = /broken|cass|hors service|en panne|pour pi[èe]ces|\bh\.?s\b/i;

/** Follows from the seed and the device's position alone. */
export function workshopPlan(device: { readonly position: number; readonly category: Category; readonly condition: string | null }, seed: number): WorkshopPlan {
  const random = new Random(seed, 'workshop', device.position);
  const { hardware, drive, adjustments } = found(device.category, random);
  // A battery that is dead takes nothing but a grade's point.
  const battery = /batterie|battery/i.test(device.condition ?? '');
  const saidBroken = !battery && SAYS_BROKEN.test(device.condition ?? '');
  return {
    hardware,
    drive: drive && { ...drive, erasureFails: random.chance(FAILING[drive.kind]) },
    replacement: random.chance(0.6) ? { kind: 'ssd', sizeGb: 256 } : null,
    testFails: random.chance(saidBroken ? SAID_BROKEN_SHARE : BROKEN_SHARE),
    repairable: random.chance(0.4),
    batteryPercent: battery ? 5 + random.below(20) : 60 + random.below(38),
    adjustments,
  };
}

type Found = Pick<WorkshopPlan, 'hardware' | 'adjustments'> & { readonly drive: Omit<PlannedDrive, 'erasureFails'> | null };

function found(category: Category, random: Random): Found {
  const cosmetic = random.pick([[25, -1], [60, 0], [15, 1]]);
  switch (category) {
    case 'laptop':
    case 'desktop':
    case 'all-in-one': {
      const [cpuMark, ramGb, kind, sizeGb] = random.pick<Computer[1]>(category === 'laptop' ? LAPTOPS : DESKTOPS);
      return { hardware: { cpuMark, ramGb }, drive: { kind, sizeGb }, adjustments: { cosmetic, technical: random.pick([[15, -1], [85, 0]]) } };
    }
    case 'smartphone':
    case 'tablet': {
      const [ramGb, storageGb, benchmark] = random.pick<Mobile[1]>(MOBILES);
      return { hardware: { ramGb, storageGb, benchmark }, drive: { kind: 'internal', sizeGb: storageGb }, adjustments: { adjustment: random.pick([[15, -10], [20, -5], [55, 0], [10, 5]]) } };
    }
    case 'phone':
      return { hardware: { storageGb: 1 }, drive: { kind: 'internal', sizeGb: 1 }, adjustments: { cosmetic } };
    default:
      return { hardware: {}, drive: null, adjustments: { cosmetic } };
  }
}

/** Kilograms of one device (a). */
export const WEIGHT_KG: Readonly<Record<Category, number>> = {
  laptop: 2, desktop: 7, 'all-in-one': 8, monitor: 5, smartphone: 0.18, tablet: 0.5, phone: 0.12, printer: 12, accessory: 0.3,
};

/** With a screen or a battery it is dangerous waste. */
export function wasteCode(category: Category): string {
  return category === 'desktop' || category === 'printer' || category === 'accessory' ? '16 02 14' : '16 02 13*';
}
