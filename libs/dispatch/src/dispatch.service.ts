import { dispatch } from '@lacollecte/contracts';
import type { ServiceDefinition } from '@lacollecte/runtime';
import { DispatchConsumer } from './events/dispatch.consumer.js';
import { ParcelsController } from './http/parcels.controller.js';
import { ReturnsController } from './http/returns.controller.js';
import { ShipmentsController } from './http/shipments.controller.js';
import { invariants } from './invariants.js';
import { DeviceGates1764000000000 } from './persistence/migrations/device-gates.js';
import { DispatchTables1715000000000 } from './persistence/migrations/dispatch-tables.js';
import { problems } from './problems.js';
import { device } from './projections/device.js';
import { site } from './projections/site.js';
import { settings } from './settings.js';

/** From shelf to structure: shipments and their parcels, and what must come back. It has no deadlines of its own: nothing to sweep. */
export const dispatchService: ServiceDefinition = {
  name: 'dispatch',
  controllers: [ShipmentsController, ParcelsController, ReturnsController],
  consumers: [DispatchConsumer],
  migrations: [DispatchTables1715000000000, DeviceGates1764000000000],
  aggregates: [
    { table: 'shipment', topic: 'dispatch.shipment', transitions: { '': ['planned'], ...dispatch.SHIPMENT_TRANSITIONS } },
    { table: 'device_return', topic: 'dispatch.return', transitions: { '': ['requested', 'lost'], ...dispatch.RETURN_TRANSITIONS } },
  ],
  projections: [site, device],
  parts: ['device_gate', 'shipping_slot', 'allocation_mark', 'shipment_line', 'parcel', 'shipment_item'],
  invariants,
  jobs: [],
  sweeps: [],
  problems,
  settings,
};
