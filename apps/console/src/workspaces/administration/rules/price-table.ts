import { CATEGORIES, STOCK_GRADES } from '@lacollecte/contracts';
import type { components } from '../../../api/generated/matching.js';

export type PriceTable = components['schemas']['Rounds.prices'];

/** In euros as they are typed, by `category/grade` and `category/cap`. */
export type TypedPrices = Readonly<Record<string, number | string>>;

export const CAP = 'cap';
export const COLUMNS = [...STOCK_GRADES, CAP] as const;

/** Of a category and a column, in cents. */
export function centsOf({ table }: PriceTable, category: string, column: string): number {
  return (column === CAP ? table.caps[category] : table.prices[category]?.[column]) ?? 0;
}

export function typedOf(table: PriceTable): TypedPrices {
  return Object.fromEntries(CATEGORIES.flatMap((category) => COLUMNS.map((column) => [`${category}/${column}`, centsOf(table, category, column) / 100])));
}

export function tableOf(typed: TypedPrices): PriceTable['table'] {
  const cents = (category: string, column: string) => Math.round(Number(typed[`${category}/${column}`]) * 100);
  return {
    prices: Object.fromEntries(CATEGORIES.map((category) => [category, Object.fromEntries(STOCK_GRADES.map((grade) => [grade, cents(category, grade)]))])),
    caps: Object.fromEntries(CATEGORIES.map((category) => [category, cents(category, CAP)])),
  };
}
