import type { Category } from '@lacollecte/contracts';
import type { Sheet } from '../scanning/steps.js';

/** Of a set of rules, what a person who grades has to do with. */
export interface RuleSet {
  readonly id: string;
  readonly categories: readonly Category[];
  readonly validFrom: string;
  readonly scheme: { readonly inputs: Readonly<Record<string, { readonly optional?: boolean | undefined; readonly oneOf?: readonly (string | number)[] | undefined }>> };
}

/** The rules in force for a kind of device: the newest whose day has come. @param today `2026-11-23` */
export function ruleSetFor(rules: readonly RuleSet[], category: Category, today: string): RuleSet | undefined {
  return rules.filter(({ categories, validFrom }) => categories.includes(category) && validFrom <= today).toSorted((a, b) => b.validFrom.localeCompare(a.validFrom))[0];
}

/** What whoever grades may correct, with the corrections there are. */
export function adjustmentsIn({ scheme }: RuleSet): { readonly name: string; readonly values: readonly number[] }[] {
  return Object.entries(scheme.inputs).flatMap(([name, { optional, oneOf }]) => (optional === true ? [{ name, values: (oneOf ?? []).filter((value) => typeof value === 'number') }] : []));
}

const MEASURED = ['cpuMark', 'ramGb', 'storageGb', 'benchmark'] as const;

/** Figures of the diagnosis that the rules ask for and that nobody has said. */
export function unsaidFigures({ scheme }: RuleSet, { hardware }: Pick<Sheet, 'hardware'>): (typeof MEASURED)[number][] {
  return MEASURED.filter((figure) => figure in scheme.inputs && scheme.inputs[figure]?.optional !== true && (hardware?.[figure] ?? null) === null);
}
