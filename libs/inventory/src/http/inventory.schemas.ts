import { canonicalLabel, Category, inventory, StockGrade } from '@lacollecte/contracts';
import { PageQuery, pageOf, spec } from '@lacollecte/http';
import { z } from 'zod';
import { SET_ASIDE_REASONS } from '../domain/item.js';
import { CellView, ItemView, ReservationView } from '../queries/views.js';

const readers = ['coordinator', 'operator', 'ops', 'admin'] as const;
const hands = ['operator', 'coordinator'] as const;

const label = z
  .string()
  .max(40)
  .transform((scanned, context) => {
    const code = canonicalLabel(scanned);
    if (code === null) context.addIssue({ code: 'custom', message: 'not-a-label' });
    return code ?? z.NEVER;
  });
const note = z.string().trim().min(3).max(200);
const itemId = z.object({ itemId: z.uuid() });
const reservationId = z.object({ reservationId: z.uuid() });
const cell = { siteId: z.uuid().optional(), category: Category.optional(), grade: StockGrade.optional() };

export const listCellsSpec = spec({
  summary: 'The stock matrix: how much of each category, grade and earmark a site has, free and promised',
  roles: readers, query: PageQuery.extend(cell), returns: pageOf(CellView),
});

export const listItemsSpec = spec({
  summary: 'Items, in the order they became stock; by label as scanned',
  roles: readers,
  query: PageQuery.extend({
    ...cell, state: z.enum(inventory.ITEM_STATES).optional(), bin: z.string().max(20).optional(), label: label.optional(), reservationId: z.uuid().optional(),
  }),
  returns: pageOf(ItemView),
});
export const getItemSpec = spec({ summary: 'An item', roles: readers, params: itemId, returns: ItemView });
export const putAwaySpec = spec({
  summary: 'Put an item away: its label, then the bin. The same scan again is answered as before',
  roles: hands, status: 200,
  body: z.object({ label, bin: z.string().trim().min(1).max(20) }),
  returns: ItemView,
});
export const setAsideSpec = spec({
  summary: 'Hold an item apart from stock; a reservation that had it loses it',
  roles: hands, status: 200, ifMatch: true, params: itemId,
  body: z.object({ reason: z.enum(SET_ASIDE_REASONS), note: note.nullable().default(null) }),
  returns: ItemView,
});
export const clearSpec = spec({
  summary: 'Put an item that was set aside back to stock',
  roles: hands, status: 200, ifMatch: true, params: itemId, returns: ItemView,
});
export const writeOffSpec = spec({
  summary: 'Write an item off: gone or worthless',
  roles: hands, status: 200, ifMatch: true, params: itemId, body: z.object({ reason: note }), returns: ItemView,
});

export const listReservationsSpec = spec({
  summary: 'Reservations, oldest first',
  roles: readers,
  query: PageQuery.extend({ siteId: z.uuid().optional(), state: z.enum(inventory.RESERVATION_STATES).optional() }),
  returns: pageOf(ReservationView),
});
export const getReservationSpec = spec({ summary: 'A reservation', roles: readers, params: reservationId, returns: ReservationView });
export const releaseSpec = spec({
  summary: 'Release a held reservation. One that is released already is answered as done',
  roles: ['coordinator'], status: 200, ifMatch: true, params: reservationId, returns: ReservationView,
});
