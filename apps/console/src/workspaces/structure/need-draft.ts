import type { components } from '../../api/generated/directory.js';
import type { Line } from './states.js';

export type Public = keyof components['schemas']['Organisations.approve']['publics'] & string;

/** A line as far as it is known; null is what is missing. */
export interface DraftLine {
  readonly key: string;
  readonly category: Line['category'] | null;
  readonly quantity: number | null;
  readonly urgency: number | null;
  readonly public: Line['public'] | null;
  readonly minGrade: Line['minGrade'];
  readonly reason: string;
  /** In whole euros. */
  readonly maxPrice: number | null;
}

export const emptyLine = (): DraftLine => ({ key: crypto.randomUUID(), category: null, quantity: null, urgency: null, public: null, minGrade: 'C', reason: '', maxPrice: null });

export const MISSABLE = ['category', 'quantity', 'public', 'urgency'] as const;
export type Missable = (typeof MISSABLE)[number];

/** What a line still lacks, in the order it is asked for. */
export const missingOf = (line: DraftLine): Missable[] => MISSABLE.filter((field) => line[field] === null);

/** The lines as the service takes them; null while something is missing. */
export function statedLines(lines: readonly DraftLine[]) {
  const stated = lines.flatMap(({ category, quantity, urgency, public: people, minGrade, reason, maxPrice }) =>
    category === null || quantity === null || urgency === null || people === null
      ? []
      : [{ category, quantity, urgency, public: people, minGrade, reason: reason.trim(), maxPriceCents: maxPrice === null ? null : Math.round(maxPrice * 100) }]);
  return stated.length === lines.length && stated.length > 0 ? stated : null;
}
