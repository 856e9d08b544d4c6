import { STOCK_GRADES } from '@lacollecte/contracts';
import fc from 'fast-check';
import { solve } from './solve.js';
import { FIRST_PRICE_TABLE } from '../domain/price.js';
import { solveGreedily } from '../domain/round/greedy.js';
import type { CellInput, LineInput, RoundInputs, RoundParameters, StructureInput } from '../domain/round/inputs.js';
import { type Problem, problemOf } from '../domain/round/problem.js';
import { type Assignment, Remaining, violations, worthOf } from '../domain/round/solution.js';

const PARAMETERS: RoundParameters = { alpha: 1, kmCost: 0.0005, gradeCost: 0.05, transportCap: 0.8, reserveShare: 0.1, nearestSites: 5 };

/** The best answer by trying all of them: for every line in turn, every split over its cells. */
function bruteForce(problem: Problem): number {
  let best = 0;
  const chosen: Assignment[] = [];
  const left = new Remaining(problem);
  const tryLine = (line: number, candidate: number): void => {
    const input = problem.lines[line];
    if (!input) {
      best = Math.max(best, worthOf(problem, chosen));
      return;
    }
    const cell = input.candidates[candidate]?.cell;
    if (cell === undefined) return tryLine(line + 1, 0);
    const most = Math.min(left.ofCell(line, cell), left.open[line]!, left.quotas[input.structure]!);
    for (let quantity = 0; quantity <= most; quantity++) {
      const assignment = { line, cell, quantity };
      left.take(assignment);
      if (quantity > 0) chosen.push(assignment);
      tryLine(line, candidate + 1);
      if (quantity > 0) chosen.pop();
      left.take({ line, cell, quantity: -quantity });
    }
  };
  tryLine(0, 0);
  return best;
}

const department = fc.constantFrom('69', '75', '13', '974', '2A', null);
const grade = fc.constantFrom(...STOCK_GRADES);
const smallRound: fc.Arbitrary<RoundInputs> = fc
  .record({
    structures: fc.array(fc.record({ department, quotaLeft: fc.option(fc.integer({ min: 0, max: 4 })), peopleServed: fc.option(fc.integer({ min: 1, max: 500 })), received: fc.integer({ min: 0, max: 30 }) }), { minLength: 1, maxLength: 2 }),
    lines: fc.array(
      fc.record({ structure: fc.nat(1), minGrade: grade, open: fc.integer({ min: 1, max: 3 }), served: fc.nat(3), urgency: fc.integer({ min: 1, max: 4 }), waitingDays: fc.nat(60), maxPriceCents: fc.option(fc.constantFrom(5000, 9000, 15000)) }),
      { minLength: 1, maxLength: 3 },
    ),
    cells: fc.array(fc.record({ site: fc.nat(2), department, grade, earmark: fc.option(fc.constantFrom('84', '11')), free: fc.integer({ min: 0, max: 4 }) }), { minLength: 1, maxLength: 3 }),
    alpha: fc.constantFrom(0, 0.5, 1, 2),
    reserveShare: fc.constantFrom(0.1, 0.5),
    nearestSites: fc.constantFrom(1, 3),
  })
  .map(({ structures, lines, cells, alpha, reserveShare, nearestSites }) => ({
    at: '2026-11-02T10:00:00.000Z',
    parameters: { ...PARAMETERS, alpha, reserveShare, nearestSites },
    structures: structures.map((s, i): StructureInput => ({ ...s, structureId: `s${i}` })),
    lines: lines.map(({ structure, ...line }, i): LineInput => ({
      ...line, lineId: `l${i}`, needId: `n${i}`, structureId: `s${structure % structures.length}`, category: 'laptop', asked: line.open + line.served,
    })),
    cells: cells.map(({ site, ...cell }): CellInput => ({ ...cell, siteId: `site${site}`, category: 'laptop' })),
    prices: FIRST_PRICE_TABLE,
  }));

/** A whole country's round, from a fixed seed. */
function largeRound(count: number): RoundInputs {
  let seed = 42;
  const random = (below: number) => {
    seed = (seed * 1103515245 + 12345) % 2147483648;
    return Math.floor((seed / 2147483648) * below);
  };
  const departments = ['69', '75', '13', '59', '33', '31', '44', '67', '35', '06', '34', '76', '974'];
  const categories = ['laptop', 'desktop', 'monitor', 'smartphone'] as const;
  const structures = Array.from({ length: count / 2 }, (_, i): StructureInput => ({
    structureId: `s${i}`, department: departments[random(13)]!, quotaLeft: 5 + random(60), peopleServed: 50 + random(900), received: random(80),
  }));
  return {
    at: '2026-11-02T10:00:00.000Z', parameters: PARAMETERS, prices: FIRST_PRICE_TABLE, structures,
    lines: Array.from({ length: count }, (_, i): LineInput => {
      const open = 1 + random(20);
      return {
        lineId: `l${i}`, needId: `n${i}`, structureId: `s${random(count / 2)}`, category: categories[random(4)]!, minGrade: STOCK_GRADES[random(3)]!,
        asked: open, served: 0, open, urgency: 1 + random(4), waitingDays: random(90), maxPriceCents: random(4) === 0 ? 9000 : null,
      };
    }),
    cells: departments.flatMap((code, site) =>
      categories.flatMap((category) => STOCK_GRADES.map((g): CellInput => ({ siteId: `site${String(site).padStart(2, '0')}`, department: code, category, grade: g, earmark: null, free: random(120) }))),
    ),
  };
}

describe('a round', () => {
  it('is as good as the best of all possible answers, whole, and within every limit', async () => {
    await fc.assert(
      fc.asyncProperty(smallRound, async (inputs) => {
        const { problem, assignments, worth, solver } = await solve(inputs, 10);
        expect(violations(problem, assignments)).toEqual([]);
        expect(worth).toBeCloseTo(bruteForce(problem), 6);
        const something = problem.lines.some((line) => line.candidates.length > 0);
        expect(solver.split(' ')[0]).toBe(something ? 'highs' : 'none');
      }),
      { numRuns: 60, seed: 20261102 },
    );
  });

  it('is never beaten by the greedy answer, which keeps every limit too', () => {
    fc.assert(
      fc.property(smallRound, (inputs) => {
        const problem = problemOf(inputs);
        const assignments = solveGreedily(problem);
        expect(violations(problem, assignments)).toEqual([]);
        expect(worthOf(problem, assignments)).toBeLessThanOrEqual(bruteForce(problem) + 1e-6);
      }),
      { numRuns: 200, seed: 7 },
    );
  });

  it('solves 2,400 lines to whole devices and gives the same answer again', async () => {
    const inputs = largeRound(2400);
    const first = await solve(inputs, 60);
    const again = await solve(structuredClone(inputs), 60);
    expect(first.solver).toMatch(/^highs/);
    expect(violations(first.problem, first.assignments)).toEqual([]);
    expect(again.assignments).toEqual(first.assignments);
    expect(first.worth).toBeGreaterThan(worthOf(first.problem, solveGreedily(first.problem)) - 1e-6);
  });

  it('answers greedily, and says so, when the time limit leaves the solver none', async () => {
    const { solver, assignments, problem } = await solve(largeRound(2400), 0);
    expect(solver).toBe('greedy');
    expect(assignments.length).toBeGreaterThan(0);
    expect(violations(problem, assignments)).toEqual([]);
  });
});
