import { Category } from '@lacollecte/contracts';
import { z } from 'zod';
import { figuresOf } from '../domain/round/figures.js';
import type { RoundInputs } from '../domain/round/inputs.js';
import { solve } from '../solver/solve.js';
import { FiguresView, viewFigures } from './view-round.js';

export const DryRunView = z.object({
  at: z.iso.datetime(),
  policies: z.array(z.object({ alpha: z.number(), solver: z.string(), seconds: z.number(), figures: FiguresView })),
  /** Lines that get something else under another policy: units by policy, in their order. */
  differences: z.array(z.object({ lineId: z.uuid(), needId: z.uuid(), structureId: z.uuid(), category: Category, open: z.int(), urgency: z.int(), given: z.array(z.int()) })),
});
export type DryRunView = z.infer<typeof DryRunView>;

/** What a round would give now under each α, without any effect. */
export async function comparePolicies(inputs: RoundInputs, alphas: readonly number[], solverSeconds: number): Promise<DryRunView> {
  const policies: DryRunView['policies'] = [];
  const given: number[][] = inputs.lines.map(() => []);
  for (const alpha of alphas) {
    const solved = await solve({ ...inputs, parameters: { ...inputs.parameters, alpha } }, solverSeconds);
    policies.push({ alpha, solver: solved.solver, seconds: solved.seconds, figures: viewFigures(figuresOf(solved.problem, solved.assignments)) });
    const units = Map.groupBy(solved.assignments, (assignment) => assignment.line);
    given.forEach((row, line) => row.push((units.get(line) ?? []).reduce((total, { quantity }) => total + quantity, 0)));
  }
  const differences = inputs.lines.flatMap(({ lineId, needId, structureId, category, open, urgency }, line) =>
    new Set(given[line]).size > 1 ? [{ lineId, needId, structureId, category, open, urgency, given: given[line]! }] : [],
  );
  return { at: inputs.at, policies, differences };
}
