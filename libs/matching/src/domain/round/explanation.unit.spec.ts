import { FIRST_PRICE_TABLE } from '../price.js';
import { explain } from './explanation.js';
import { figuresOf } from './figures.js';
import { solveGreedily } from './greedy.js';
import type { CellInput, LineInput, RoundInputs, StructureInput } from './inputs.js';
import { problemOf } from './problem.js';
import { sentence } from './sentence.js';
import { gainOfUnit, weigh } from './weight.js';

const line = (lineId: string, of: Partial<LineInput> = {}): LineInput => ({
  lineId, needId: `need of ${lineId}`, structureId: 's1', category: 'laptop', minGrade: 'B', asked: 5, served: 0, open: 5, urgency: 3, waitingDays: 21, maxPriceCents: null, ...of,
});
const cell = (of: Partial<CellInput> = {}): CellInput => ({ siteId: 'lyon', department: '69', category: 'laptop', grade: 'B', earmark: null, free: 3, ...of });
const structure = (of: Partial<StructureInput> = {}): StructureInput => ({ structureId: 's1', department: '69', quotaLeft: null, peopleServed: 100, received: 10, ...of });
const inputs = (of: Partial<RoundInputs>): RoundInputs => ({
  at: '2026-11-02T10:00:00.000Z', prices: FIRST_PRICE_TABLE, structures: [structure()], lines: [line('l1')], cells: [cell()],
  parameters: { alpha: 1, kmCost: 0.0005, gradeCost: 0.05, transportCap: 0.8, reserveShare: 0.1, nearestSites: 5 }, ...of,
});
const explained = (of: Partial<RoundInputs>) => {
  const problem = problemOf(inputs(of));
  const assignments = solveGreedily(problem);
  return { lines: explain(problem, assignments), figures: figuresOf(problem, assignments), problem };
};
const limitsOf = (of: Partial<RoundInputs>) => explained(of).lines[0]!.limits;

describe('the weight of a line', () => {
  it('is urgency · (1 + waiting days / 30) · (1 + deficit), the deficit against the median of structures with open lines', () => {
    const structures = [structure({ structureId: 's1', received: 5 }), structure({ structureId: 's2', received: 10 }), structure({ structureId: 's3', received: 40 })];
    const lines = structures.map(({ structureId }, i) => line(`l${i}`, { structureId, urgency: 3, waitingDays: 15 }));
    expect(weigh(inputs({ structures, lines }))).toEqual([
      { deficit: 0.5, weight: 3 * 1.5 * 1.5 }, { deficit: 0, weight: 4.5 }, { deficit: 0, weight: 4.5 },
    ]);
  });

  it('has no deficit where the median is 0, nobody said how many are served, or a rich structure asks for nothing', () => {
    expect(weigh(inputs({ structures: [structure({ received: 0 })] }))[0]?.deficit).toBe(0);
    expect(weigh(inputs({ structures: [structure({ peopleServed: null })] }))[0]?.deficit).toBe(0);
    expect(weigh(inputs({ structures: [structure(), structure({ structureId: 's2', received: 900 })] }))[0]?.deficit).toBe(0);
  });

  it('gains w · max(k/q, 0.02)^−α at unit k', () => {
    expect(gainOfUnit(6, 1, 0, 10)).toBeCloseTo(300);
    expect(gainOfUnit(6, 1, 5, 10)).toBeCloseTo(12);
    expect(gainOfUnit(6, 2, 5, 10)).toBeCloseTo(24);
    expect(gainOfUnit(6, 0, 5, 10)).toBe(6);
  });
});

describe('what a line may have', () => {
  it('is the reserve only at urgency 4: the integer part of 10 % of a cell', () => {
    const cells = [cell({ free: 19 })];
    expect(problemOf(inputs({ cells })).general).toEqual([18]);
    expect(problemOf(inputs({ cells: [cell({ free: 9 })] })).general).toEqual([9]);
    const given = (urgency: number) => explained({ cells, lines: [line('l1', { asked: 30, open: 30, urgency })] }).lines[0]!.given;
    expect([given(3), given(4)]).toEqual([18, 19]);
  });

  it('comes from its nearest sites', () => {
    const cells = ['69', '38', '42', '75', '13', '974'].map((department) => cell({ siteId: department, department, free: 1 }));
    const { candidates } = problemOf(inputs({ cells, parameters: { ...inputs({}).parameters, nearestSites: 3 } })).lines[0]!;
    expect(candidates.map((candidate) => cells[candidate.cell]!.department)).toEqual(['69', '42', '38']);
  });

  it('is never left to nobody because it is far and too good', () => {
    const far = explained({ cells: [cell({ department: '974', grade: 'PREMIUM' })], lines: [line('l1', { minGrade: 'C', urgency: 1, waitingDays: 0 })], parameters: { ...inputs({}).parameters, alpha: 0 } });
    expect(far.lines[0]?.given).toBe(3);
  });
});

describe('the explanation of a line', () => {
  it('says what bound it', () => {
    expect(limitsOf({ cells: [cell({ free: 5 })] })).toEqual([{ code: 'none' }]);
    expect(limitsOf({})).toEqual([{ code: 'stock', grade: 'B', siteId: 'lyon', place: 'Lyon' }]);
    expect(limitsOf({ cells: [cell({ free: 20 })], lines: [line('l1', { asked: 30, open: 30 })] })).toEqual([{ code: 'reserve', grade: 'B', siteId: 'lyon', place: 'Lyon' }]);
    expect(limitsOf({ cells: [cell({ free: 9 })], structures: [structure({ quotaLeft: 2 })] })).toEqual([{ code: 'quota', left: 2 }]);
    expect(limitsOf({ cells: [cell({ grade: 'A' })], lines: [line('l1', { maxPriceCents: 9000 })] })).toEqual([{ code: 'price', priceCents: 12000 }]);
    expect(limitsOf({ cells: [cell({ earmark: '11' })] })).toEqual([{ code: 'earmark' }]);
    expect(limitsOf({ cells: [cell({ grade: 'C' })] })).toEqual([{ code: 'no-stock', grade: 'B' }]);
  });

  it('may have an earmark of its own region', () => {
    expect(limitsOf({ cells: [cell({ earmark: '84', free: 5 })] })).toEqual([{ code: 'none' }]);
  });

  it('says what it competed with, and what the others’ need was worth', () => {
    const { lines } = explained({ lines: [line('l1', { urgency: 2 }), line('l2', { urgency: 3, asked: 10, open: 10 })], cells: [cell({ free: 3 })] });
    expect(lines.map(({ given }) => given)).toEqual([1, 2]);
    expect(lines[0]).toMatchObject({
      weight: 3.4, gain: 170, nextGain: 17, from: [{ siteId: 'lyon', place: 'Lyon', grade: 'B', quantity: 1, km: 0, priceCents: 8000 }],
      competition: { siteId: 'lyon', grade: 'B', lines: 1, wanted: 10, available: 3, leastGain: 51 },
    });
  });

  it('is one sentence in French and English', () => {
    const { lines } = explained({ lines: [line('l1'), line('l2', { open: 40, asked: 40, urgency: 1, waitingDays: 0, category: 'tablet' })], cells: [cell()] });
    expect(sentence(lines[0]!, 'fr')).toBe('3 portables sur 5 : urgence 3, 21 jours d’attente ; limite : stock de catégorie B à Lyon.');
    expect(sentence(lines[0]!, 'en')).toBe('3 of 5 laptops: urgency 3, waiting 21 days; limit: stock of grade B in Lyon.');
    expect(sentence(lines[1]!, 'fr')).toBe('0 tablettes sur 40 : urgence 1, 0 jour d’attente ; limite : aucun stock de catégorie B ou mieux.');
  });
});

describe('the figures of a round', () => {
  it('tell fill by urgency, least fill, Jain’s index, who got nothing and why, and kilometres', () => {
    const { figures } = explained({
      structures: [structure(), structure({ structureId: 's2', department: '75' })],
      lines: [line('l1', { asked: 4, open: 4, urgency: 3 }), line('l2', { structureId: 's2', asked: 4, open: 2, served: 2, urgency: 1 }), line('l3', { category: 'tablet', urgency: 1, asked: 2, open: 2 })],
      cells: [cell({ free: 4 })],
    });
    expect(figures).toEqual({
      lines: 3, devices: 4,
      fillByUrgency: [{ urgency: 3, asked: 4, served: 4, fill: 1 }, { urgency: 1, asked: 6, served: 2, fill: 0.3333 }],
      leastFill: 0, jain: 0.6, unserved: [{ limit: 'stock', lines: 1, units: 2 }, { limit: 'no-stock', lines: 1, units: 2 }].sort((a, b) => (a.limit < b.limit ? -1 : 1)),
      kilometres: 0, deviceKilometres: 0,
    });
  });

  it('count a way once and a device’s way each time', () => {
    const { figures } = explained({ structures: [structure({ department: '75' })], cells: [cell({ free: 3 })] });
    expect(figures.kilometres).toBeGreaterThan(500);
    expect(figures.deviceKilometres).toBe(3 * figures.kilometres);
  });
});
