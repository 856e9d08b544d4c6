import { DomainError } from '@lacollecte/contracts';
import { z } from 'zod';

/** Query of a list: opaque cursor of the last row seen, and how many at most. */
export const PageQuery = z.object({
  after: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** Of a list that is read from either end. */
export const OrderedPageQuery = PageQuery.extend({ order: z.enum(['oldest', 'newest']).default('oldest') });
export type Order = z.output<typeof OrderedPageQuery>['order'];
/** In SQL: where the rows after the last one seen are, and how all are sorted. */
export const ORDER_SQL = { oldest: { beyond: '>', sort: 'asc' }, newest: { beyond: '<', sort: 'desc' } } as const satisfies Record<Order, object>;

export interface Page<T> {
  readonly items: T[];
  /** Cursor of the next page; null on the last. */
  readonly next: string | null;
}

export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}

/** Rows were read with `limit + 1`, in the order of (created_at, id); `created_at` must be selected as text. */
export function toPage<T extends { id: string; created_at: string }, V>(rows: T[], limit: number, view: (row: T) => V): Page<V> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next = rows.length > limit && last ? Buffer.from(JSON.stringify([last.created_at, last.id])).toString('base64url') : null;
  return { items: shown.map(view), next };
}

/** A timestamptz as PostgreSQL writes it, `2026-11-22 10:00:00.5+00`, or nothing where a list has another order. */
const TIME = /^([12]\d{3}-\d\d-\d\d) (?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d{1,6})?[+-](?:0\d|1[0-5])(?::[0-5]\d)?$/;
const Cursor = z.tuple([z.string().max(40).refine((time) => time === '' || z.iso.date().safeParse(TIME.exec(time)?.[1]).success), z.uuid()]);

/** `(created_at, id)` of the last row seen; nulls for the first page. */
export function fromCursor(after: string | undefined): [string | null, string | null] {
  if (after === undefined) return [null, null];
  try {
    const [time, id] = Cursor.parse(JSON.parse(Buffer.from(after, 'base64url').toString()));
    return [time === '' ? null : time, id];
  } catch {
    throw new DomainError('bad-cursor', {}, [{ pointer: '/query/after', code: 'bad-cursor' }]);
  }
}
