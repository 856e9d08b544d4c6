import { kilometres } from '@lacollecte/contracts';
import { explain, type LimitCode } from './explanation.js';
import type { Problem } from './problem.js';
import type { Assignment } from './solution.js';

/** How fair and how far: what a round reports, and what a dry run compares. */
export interface Figures {
  readonly lines: number;
  readonly devices: number;
  /** Units served (before and now) ÷ asked, by urgency that occurs. */
  readonly fillByUrgency: readonly { readonly urgency: number; readonly asked: number; readonly served: number; readonly fill: number }[];
  /** Fill of the line that is served least; null without lines. */
  readonly leastFill: number | null;
  /** (Σ fill)² ÷ (n · Σ fill²): 1 when all lines are filled alike; null when nobody has anything. */
  readonly jain: number | null;
  /** Lines that got nothing now, and units they still ask for, by what bound them. */
  readonly unserved: readonly { readonly limit: LimitCode; readonly lines: number; readonly units: number }[];
  /** One way from a site to a structure, once each pair. */
  readonly kilometres: number;
  /** The same, counted for every device. */
  readonly deviceKilometres: number;
}

export function figuresOf(problem: Problem, assignments: readonly Assignment[]): Figures {
  const explanations = explain(problem, assignments);
  const fills = explanations.map((line) => (line.servedBefore + line.given) / line.asked);
  const sum = fills.reduce((total, fill) => total + fill, 0);
  const squares = fills.reduce((total, fill) => total + fill * fill, 0);
  const byUrgency = Map.groupBy(explanations, (line) => line.urgency);
  const nothing = Map.groupBy(explanations.filter((line) => line.given === 0), (line) => line.limits[0]!.code);
  return {
    lines: explanations.length,
    devices: assignments.reduce((total, { quantity }) => total + quantity, 0),
    fillByUrgency: [...byUrgency].sort(([a], [b]) => b - a).map(([urgency, lines]) => {
      const asked = lines.reduce((total, line) => total + line.asked, 0);
      const served = lines.reduce((total, line) => total + line.servedBefore + line.given, 0);
      return { urgency, asked, served, fill: round(served / asked) };
    }),
    leastFill: fills.length === 0 ? null : round(fills.reduce((least, fill) => Math.min(least, fill), 1)),
    jain: squares === 0 ? null : round((sum * sum) / (fills.length * squares)),
    unserved: [...nothing].map(([limit, lines]) => ({ limit, lines: lines.length, units: lines.reduce((total, line) => total + line.asked - line.servedBefore, 0) }))
      .sort((a, b) => b.units - a.units || (a.limit < b.limit ? -1 : 1)),
    ...distances(problem, assignments),
  };
}

function distances({ inputs, lines }: Problem, assignments: readonly Assignment[]): Pick<Figures, 'kilometres' | 'deviceKilometres'> {
  const ways = new Map<string, number>();
  let deviceKilometres = 0;
  for (const { line, cell, quantity } of assignments) {
    const structure = inputs.structures[lines[line]!.structure]!;
    const site = inputs.cells[cell]!;
    const km = kilometres(site.department, structure.department) ?? 0;
    ways.set(`${site.siteId} ${structure.structureId}`, km);
    deviceKilometres += quantity * km;
  }
  return { kilometres: [...ways.values()].reduce((total, km) => total + km, 0), deviceKilometres };
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000;
}
