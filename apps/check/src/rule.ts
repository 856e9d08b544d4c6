/** A row that breaks a rule. */
export interface Violation {
  readonly id: string;
  readonly detail: string;
}

/** What became of one rule. */
export interface RuleResult {
  /** `intake`, or `intake → refurbishment`, or `all`. */
  readonly where: string;
  readonly name: string;
  readonly says: string;
  /** Rows that the rule speaks of; with 0 nothing was checked. */
  readonly examined: number;
  /** The first of them; `violated` says how many there are. */
  readonly violations: readonly Violation[];
  readonly violated: number;
  /** Entities that an event in flight may still put right. */
  readonly excused: number;
}

/** Most violations shown of a rule. */
export const SHOWN = 20;

export function result(where: string, name: string, says: string, examined: number, violations: readonly Violation[], excused = 0): RuleResult {
  return { where, name, says, examined, violations: violations.slice(0, SHOWN), violated: violations.length, excused };
}
