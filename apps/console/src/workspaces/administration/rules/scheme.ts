import type { RuleSet } from './standing.js';

export type Scheme = RuleSet['scheme'];
export type Term = Scheme['terms'][number];
export type Condition = NonNullable<Term['when']>[number];
/** Where in a scheme something stands: `['terms', 0, 'table', 1, 0]`. */
export type Place = readonly (string | number)[];

/** A copy with another value at that place. */
export function put<Whole>(whole: Whole, [first, ...rest]: Place, value: unknown): Whole {
  if (first === undefined) return value as Whole;
  const next = put((whole as Record<string | number, unknown>)[first], rest, value);
  return (Array.isArray(whole) ? whole.with(Number(first), next) : { ...whole, [first]: next }) as Whole;
}

/** What is not in order, by place: a number that is missing, and rows that do not rise. */
export function faultsOf(scheme: Scheme): { readonly place: string; readonly fault: 'number' | 'rising' }[] {
  const rows = [
    ...scheme.terms.flatMap((term, i) => ('table' in term ? [term.table.map(([from], row) => ({ place: `terms/${i}/table/${row}/0`, value: from }))] : [])),
    scheme.bands.map(({ below }, i) => ({ place: `bands/${i}/below`, value: below })),
  ];
  const rising = rows.flatMap((list) => list.filter(({ value }, i) => i > 0 && !(value > list[i - 1]!.value)).map(({ place }) => ({ place, fault: 'rising' as const })));
  const missing = numbersOf(scheme).filter(({ value }) => !Number.isFinite(value)).map(({ place }) => ({ place: place.join('/'), fault: 'number' as const }));
  return [...rising, ...missing];
}

/** Every number that may be set; none where its field is empty. */
function numbersOf(scheme: Scheme): { readonly place: Place; readonly value: number }[] {
  const conditions = (when: readonly Condition[] | undefined, place: Place) =>
    (when ?? []).flatMap((condition, i) => (['atLeast', 'below'] as const).flatMap((bound) => (condition[bound] === undefined ? [] : [{ place: [...place, 'when', i, bound], value: numberOf(condition[bound]) }])));
  return [
    ...scheme.terms.flatMap((term, i) => [
      ...('table' in term ? term.table.flatMap((row, r) => row.map((value, c) => ({ place: ['terms', i, 'table', r, c], value: numberOf(value) }))) : []),
      ...(term.kind === 'constant' ? [{ place: ['terms', i, 'points'], value: numberOf(term.points) }] : []),
      ...conditions(term.when, ['terms', i]),
    ]),
    ...scheme.bands.map(({ below }, i) => ({ place: ['bands', i, 'below'], value: numberOf(below) })),
    ...scheme.caps.flatMap(({ when }, i) => conditions(when, ['caps', i])),
  ];
}

const numberOf = (value: unknown): number => (value === '' ? Number.NaN : Number(value));

/** A name for the version after `pc-2026`: with the year in which it begins, and a letter where that is taken. */
export function nextName(id: string, year: string, taken: readonly string[]): string {
  const stem = `${id.replace(/-?\d{4}[a-z]?$/, '')}-${year}`;
  return ['', ...'bcdefghijklmnopqrstuvwxyz'].map((letter) => stem + letter).find((name) => !taken.includes(name)) ?? stem;
}
