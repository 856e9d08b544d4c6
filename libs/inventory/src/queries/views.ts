import { Category, inventory, StockGrade } from '@lacollecte/contracts';
import { z } from 'zod';

const time = z.iso.datetime();

/** One cell of the stock matrix. On hand = free + reserved + picked. */
export const CellView = z.object({
  cellId: z.uuid(), siteId: z.uuid(), category: Category, grade: StockGrade, earmark: z.string().nullable(),
  onHand: z.int(), free: z.int(), reserved: z.int(), picked: z.int(),
});
export type CellView = z.infer<typeof CellView>;

export const ItemView = z.object({
  itemId: z.uuid(), version: z.int(), state: z.enum(inventory.ITEM_STATES), label: z.string(),
  siteId: z.uuid(), category: Category, grade: StockGrade, earmark: z.string().nullable(),
  bin: z.string().nullable(), reservationId: z.uuid().nullable(),
  /** Why it is held apart. */
  quarantine: z.enum(['damaged', 'missing', 'other', 'recalled', 'returned']).nullable(), note: z.string().nullable(),
  /** Under a recall that no newer erasure has answered. */
  recalled: z.boolean(),
  stockedAt: time,
});
export type ItemView = z.infer<typeof ItemView>;

export const ReservationView = z.object({
  reservationId: z.uuid(), version: z.int(), state: z.enum(inventory.RESERVATION_STATES),
  siteId: z.uuid(), category: Category.nullable(), grade: StockGrade.nullable(), earmark: z.string().nullable(),
  asked: z.int(), issued: z.int(),
  /** What it still holds. */
  itemIds: z.array(z.uuid()),
  expiresAt: time.nullable(), createdAt: time,
});
export type ReservationView = z.infer<typeof ReservationView>;
