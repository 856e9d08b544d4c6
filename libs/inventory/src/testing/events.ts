import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { dispatch, type EventData, type EventDefinition, matching, refurbishment } from '@lacollecte/contracts';
import { applyEvents, type Decoded, decode, type EventContext, type Handler, type HandlerOptions, type Handlers, toRecord } from '@lacollecte/messaging';
import type { TestDatabase } from '@lacollecte/testing';
import type { Type } from '@nestjs/common';
import { PATTERN_EXTRAS_METADATA, PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import { inventoryService } from '../inventory.service.js';

/** The service's own handlers, with what they lock, as the strategy finds them. */
function handlersOf(consumers: readonly Type[]): Handlers {
  const handlers = new Map<string, Handler>();
  for (const consumer of consumers) {
    const instance = new consumer() as Record<string, (data: unknown, context: EventContext) => Promise<void>>;
    for (const name of Object.getOwnPropertyNames(consumer.prototype)) {
      const method = instance[name];
      if (!method) continue;
      const [type] = (Reflect.getMetadata(PATTERN_METADATA, method) ?? []) as string[];
      if (!type) continue;
      const options = Reflect.getMetadata(PATTERN_EXTRAS_METADATA, method) as HandlerOptions<never>;
      handlers.set(type, { ...options, handle: (data, context) => method.call(instance, data, context) });
    }
  }
  return handlers;
}
export const handlers = handlersOf(inventoryService.consumers);

/** An event as it comes from the transport. */
export function event<D extends EventDefinition>(definition: D, key: string, version: number, data: EventData<D>): Decoded {
  const record = toRecord({
    position: '1', id: randomUUID(), topic: definition.topic, key, version, n: 0, type: definition.type,
    occurred_at: new Date(), correlation_id: null, causation_id: null, traceparent: null, data: JSON.stringify(data),
  });
  return decode({ topic: record.topic, partition: 0, offset: 0n, timestamp: new Date(), key: Buffer.from(key), headers: record.headers, value: record.value });
}

/** Applies a batch as the consumer does once the inbox has let it through: so twice is what the inbox would have stopped. */
export async function deliver(db: TestDatabase, ...events: Decoded[]): Promise<void> {
  await db.worker((tx) => applyEvents(tx, events, handlers));
}

const EVIDENCE = Date.UTC(2026, 0, 1);
const minutes = (n: number) => new Date(EVIDENCE + n * 60_000).toISOString();

export const SITE = randomUUID();
export type Cell = { siteId: string; category: 'laptop' | 'monitor'; grade: 'C' | 'B' | 'A' | 'PREMIUM'; earmark: string | null };
/** A cell that no other test uses. */
export const newCell = (of: Partial<Cell> = {}): Cell => ({ siteId: randomUUID(), category: 'laptop', grade: 'B', earmark: null, ...of });

/** `minute`: when its newest erasure was; also its version where that is not given. */
export function ready(deviceId: string, cell: Cell, minute = 10, version = minute): Decoded {
  return event(refurbishment.DeviceReady, deviceId, version, {
    deviceId, lotId: randomUUID(), state: 'ready', donorId: randomUUID(), label: 'LC-7K3M-9QAT', ...cell, evidenceAt: minutes(minute),
  });
}

export function recalled(deviceId: string, minute: number, siteId = SITE): Decoded {
  return event(refurbishment.DeviceRecalled, deviceId, minute, {
    deviceId, lotId: randomUUID(), siteId, state: 'recalled', code: 'erasure-contested', reason: 'erasure-contested', recalledAt: minutes(minute),
  });
}

function allocation(definition: typeof matching.AllocationProposed, state: EventData<typeof matching.AllocationProposed>['state']) {
  return (allocationId: string, cell: Cell, quantity: number): Decoded =>
    event(definition, allocationId, 1, {
      allocationId, state, needId: randomUUID(), lineId: randomUUID(), structureId: randomUUID(), roundId: randomUUID(), ...cell, quantity,
    });
}
export const proposed = allocation(matching.AllocationProposed, 'proposed');
export const withdrawn = allocation(matching.AllocationWithdrawn, 'withdrawn');
export const refused = allocation(matching.AllocationRefused, 'refused');
export const reduced = allocation(matching.AllocationReduced, 'held');

const shipment = (state: EventData<typeof dispatch.ShipmentPlanned>['state']) => ({ shipmentId: randomUUID(), siteId: SITE, structureId: randomUUID(), state });
type Content = EventData<typeof dispatch.ParcelSealed>['content'];

export const pickingRequested = (...reservationIds: string[]): Decoded =>
  event(dispatch.PickingRequested, randomUUID(), 1, { ...shipment('planned'), reservationIds });
export const substitutionRequested = (reservationId: string, missingItemId: string): Decoded =>
  event(dispatch.SubstitutionRequested, randomUUID(), 1, { ...shipment('picking'), reservationId, missingItemId });
export const sealed = (content: Content): Decoded => event(dispatch.ParcelSealed, randomUUID(), 1, { ...shipment('packed'), parcelId: randomUUID(), content });
export const reopened = (content: Content): Decoded => event(dispatch.ParcelReopened, randomUUID(), 1, { ...shipment('picking'), parcelId: randomUUID(), content });
export const handedOver = (content: Content): Decoded =>
  event(dispatch.ParcelHandedOver, randomUUID(), 1, { ...shipment('handed-over'), parcelId: randomUUID(), content });
export const cameBack = (content: Content, sealIntact: boolean): Decoded =>
  event(dispatch.ParcelReturned, randomUUID(), 1, { ...shipment('returned'), parcelId: randomUUID(), content, sealIntact });
export const freed = (one: EventData<typeof dispatch.ReservationsFreed>['freed'][number]): Decoded =>
  event(dispatch.ReservationsFreed, randomUUID(), 1, { ...shipment('picking'), freed: [one] });

function ret(definition: typeof dispatch.ReturnReceived, state: 'received' | 'lost') {
  return (deviceId: string, reservationId: string): Decoded =>
    event(definition, randomUUID(), 1, { returnId: randomUUID(), deviceId, shipmentId: randomUUID(), reservationId, siteId: SITE, state });
}
export const returnReceived = ret(dispatch.ReturnReceived, 'received');
export const deviceLost = ret(dispatch.DeliveryDeviceLost, 'lost');
