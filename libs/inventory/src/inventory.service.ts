import type { ServiceDefinition } from '@lacollecte/runtime';
import { itemTransitions } from './domain/item.js';
import { RESERVATION_TRANSITIONS } from './domain/reservation.js';
import { ParcelConsumer } from './events/parcel.consumer.js';
import { ReservationConsumer } from './events/reservation.consumer.js';
import { StockConsumer } from './events/stock.consumer.js';
import { ItemsController } from './http/items.controller.js';
import { ReservationsController } from './http/reservations.controller.js';
import { StockController } from './http/stock.controller.js';
import { InventoryTables1730000000000 } from './persistence/migrations/inventory-tables.js';
import { ItemsReadyAhead1763870000000 } from './persistence/migrations/items-ready-ahead.js';
import { invariants } from './invariants.js';
import { problems } from './problems.js';
import { site } from './projections/site.js';
import { settings } from './settings.js';
import { expireReservationsSweep } from './sweeps/expire-reservations.js';

/**
 * What is free and what is promised: items, their reservations and the stock matrix. Everybody locks in this order:
 * `cell_gate` (only to choose among free items), `reservation`, `stock_item`, and `stock_cell` for the counts, last.
 */
export const inventoryService: ServiceDefinition = {
  name: 'inventory',
  controllers: [StockController, ItemsController, ReservationsController],
  consumers: [StockConsumer, ReservationConsumer, ParcelConsumer],
  migrations: [InventoryTables1730000000000, ItemsReadyAhead1763870000000],
  aggregates: [
    { table: 'stock_item', topic: 'inventory.item', transitions: itemTransitions() },
    { table: 'reservation', topic: 'inventory.reservation', transitions: RESERVATION_TRANSITIONS },
  ],
  projections: [site],
  parts: ['stock_cell', 'cell_gate', 'reservation_item', 'recall_mark'],
  invariants,
  jobs: [],
  sweeps: [expireReservationsSweep],
  problems,
  settings,
};
