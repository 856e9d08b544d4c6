import type { DatedRuleSet } from '../domain/grading.js';

/** Sizes that memory is sold in: a tool sees a little less than is installed. */
const MODULES_GB = [0.5, 1, 1.5, 2, 3, 4, 5, 6, 8, 10, 12, 16, 18, 20, 24, 28, 32, 36, 40, 48, 64, 80, 96, 128, 192, 256, 384, 512, 1024];
const SOLID = { input: 'diskKind', in: ['ssd', 'nvme'] };
const MAGNETIC = { input: 'diskKind', in: ['hdd'] };
const SLOW = { input: 'cpuMark', below: 3500 };

/** The rule sets that this version begins with; part of its migration, so they never change. Later ones are added beside them. */
export const RULE_SETS_2026: readonly DatedRuleSet[] = [
  {
    id: 'pc-2026',
    validFrom: '2026-01-01',
    categories: ['laptop', 'desktop', 'all-in-one'],
    scheme: {
      inputs: {
        cpuMark: { from: 0 }, ramGb: { from: 0, roundUpTo: MODULES_GB }, diskKind: { oneOf: ['none', 'hdd', 'ssd', 'nvme'] }, diskGb: { from: 0 },
        technical: { oneOf: [-2, -1, 0, 1], optional: true }, cosmetic: { oneOf: [-1, 0, 1], optional: true },
      },
      terms: [
        { kind: 'steps', input: 'cpuMark', table: [[0, 0], [2000, 1], [3500, 2], [5000, 3], [7000, 4]] },
        { kind: 'steps', input: 'ramGb', table: [[0, 0], [4, 1], [5, 2], [8, 3], [16, 4]] },
        { kind: 'steps', input: 'diskGb', when: [SOLID], table: [[0, 0], [64, 1], [128, 2], [200, 3], [500, 4]] },
        { kind: 'steps', input: 'diskGb', when: [MAGNETIC], table: [[0, 0], [160, 1], [256, 2], [1000, 3]] },
        { kind: 'constant', points: 1, when: [{ input: 'diskKind', in: ['nvme'] }, { input: 'cpuMark', atLeast: 3500 }] },
        { kind: 'value', input: 'technical' },
        { kind: 'value', input: 'cosmetic' },
      ],
      bands: [{ below: 4, grade: 'D' }, { below: 6, grade: 'C' }, { below: 8, grade: 'B' }, { below: 11, grade: 'A' }],
      top: 'PREMIUM',
      caps: [{ when: [MAGNETIC, SLOW], atMost: 'C' }, { when: [SOLID, SLOW], atMost: 'B' }],
    },
  },
  {
    id: 'phone-2023',
    validFrom: '2023-01-01',
    categories: ['smartphone', 'tablet'],
    scheme: {
      inputs: {
        ramGb: { from: 0 }, storageGb: { from: 0 }, benchmark: { from: 0 },
        adjustment: { oneOf: [-100, -50, -10, -5, 0, 5, 10], optional: true },
      },
      terms: [
        { kind: 'steps', input: 'ramGb', table: [[1, 30], [2, 40], [3, 54], [4, 73], [6, 99], [8, 133], [12, 180], [16, 243]] },
        { kind: 'steps', input: 'storageGb', table: [[16, 31], [32, 45], [64, 66], [128, 96], [256, 141], [512, 207], [1000, 304]] },
        { kind: 'linear', input: 'benchmark', table: [[0, 40], [500_000, 112], [950_000, 286]] },
      ],
      percent: 'adjustment',
      bands: [{ below: 90, grade: 'HC' }, { below: 165, grade: 'C' }, { below: 255, grade: 'B' }, { below: 375, grade: 'A' }],
      top: 'PREMIUM',
      caps: [],
    },
  },
  {
    id: 'others-2026',
    validFrom: '2026-01-01',
    categories: ['monitor', 'printer', 'phone', 'accessory'],
    scheme: {
      inputs: { cosmetic: { oneOf: [-1, 0, 1], optional: true } },
      terms: [{ kind: 'value', input: 'cosmetic' }],
      bands: [{ below: 0, grade: 'C' }, { below: 1, grade: 'B' }],
      top: 'A',
      caps: [],
    },
  },
];
