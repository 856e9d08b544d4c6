import 'reflect-metadata';
import { randomInt, randomUUID } from 'node:crypto';
import { type EventData, type EventDefinition, EVENTS, inventory, LABEL_NUMBERS, labelOf, matching, refurbishment } from '@lacollecte/contracts';
import type { Actor } from '@lacollecte/database';
import { applyEvents, type Decoded, decode, type EventContext, type Handler, type HandlerOptions, type Handlers, PLATFORM_MIGRATIONS, toRecord } from '@lacollecte/messaging';
import { actor, createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { PATTERN_EXTRAS_METADATA, PATTERN_METADATA } from '@nestjs/microservices/constants.js';
import { openParcel } from '../commands/open-parcel.js';
import { packDevices } from '../commands/pack-devices.js';
import { handOverParcel } from '../commands/hand-over-parcel.js';
import { sealParcel } from '../commands/seal-parcel.js';
import { startPicking } from '../commands/start-picking.js';
import { dispatchService } from '../dispatch.service.js';
import { getShipment } from '../queries/get-shipment.js';

/** The service's handlers with what they lock, by the type they are written for. */
export const handlers: Handlers = new Map(
  dispatchService.consumers.flatMap((consumer) => {
    const instance = new consumer() as object;
    return Object.entries(Object.getOwnPropertyDescriptors(consumer.prototype as object)).flatMap(([, { value }]): [string, Handler][] => {
      const types = (typeof value === 'function' ? Reflect.getMetadata(PATTERN_METADATA, value) : undefined) as string[] | undefined;
      if (!types) return [];
      const options = Reflect.getMetadata(PATTERN_EXTRAS_METADATA, value) as HandlerOptions<never>;
      return [[types[0] ?? '', { ...options, handle: (data, context: EventContext) => value.call(instance, data, context) as Promise<void> }]];
    });
  }),
);

/** An event as it comes from the transport. */
export function event<D extends EventDefinition>(definition: D, key: string, data: EventData<D>, version = 1): Decoded {
  const record = toRecord({
    position: '1', id: randomUUID(), topic: definition.topic, key, version, n: 0, type: definition.type,
    occurred_at: new Date(), correlation_id: null, causation_id: null, traceparent: null, data: JSON.stringify(data),
  });
  return decode({ ...record, partition: 0, offset: 0n, timestamp: new Date(), key: Buffer.from(key) });
}

/** Some numbers are never issued as labels. */
function newLabel(): string {
  for (;;) {
    const label = labelOf(randomInt(LABEL_NUMBERS));
    if (label) return label;
  }
}

export interface Device {
  readonly id: string;
  readonly label: string;
}
export interface Accepted {
  readonly allocationId: string;
  readonly siteId: string;
  readonly structureId: string;
  readonly needId: string;
}

/** Dispatch on a real database, and the other services' voices. Each test uses a site and a structure of its own. */
export class World {
  private constructor(readonly db: TestDatabase) {}

  static async create(): Promise<World> {
    return new World(await createTestDatabase('dispatch', [...PLATFORM_MIGRATIONS, ...dispatchService.migrations]));
  }

  /** Applies a batch as the consumer does. */
  async hear(...events: Decoded[]): Promise<void> {
    await this.db.worker((tx) => applyEvents(tx, events, handlers));
  }

  async accept(of: Partial<Accepted> & { quantity?: number } = {}): Promise<Accepted> {
    const accepted = { allocationId: randomUUID(), siteId: randomUUID(), structureId: randomUUID(), needId: randomUUID(), ...of };
    await this.hear(this.allocation(matching.AllocationAccepted, accepted, of.quantity));
    return accepted;
  }

  allocation(definition: typeof matching.AllocationAccepted, { allocationId, siteId, structureId, needId }: Accepted, quantity = 2): Decoded {
    return event(definition, allocationId, { ...definition.example, earmark: null, allocationId, siteId, structureId, needId, quantity });
  }

  async ready(id: string = randomUUID(), evidenceAt = '2026-01-01T00:00:00.000Z', label = newLabel()): Promise<Device> {
    await this.hear(event(refurbishment.DeviceReady, id, { ...refurbishment.DeviceReady.example, earmark: null, deviceId: id, label, evidenceAt }));
    return { id, label };
  }

  recall(deviceId: string, recalledAt = '2026-02-01T00:00:00.000Z'): Promise<void> {
    return this.hear(event(refurbishment.DeviceRecalled, deviceId, refurbishment.DeviceRecalled.schema.parse({ ...refurbishment.DeviceRecalled.example, deviceId, recalledAt })));
  }

  reservation(definition: typeof inventory.ReservationReleased, of: Accepted, itemIds: readonly string[] = []): Decoded {
    return event(definition, of.allocationId, { ...this.#reservation(of, itemIds), state: 'released' });
  }

  committed(of: Accepted, items: readonly Device[], bins: readonly string[] = items.map((_, i) => `A-0${i + 1}`)): Promise<void> {
    return this.hear(event(inventory.ReservationCommitted, of.allocationId, { ...this.#reservation(of, items.map((d) => d.id)), bins: [...bins] }));
  }

  substituted(of: Accepted, missingItemId: string, replacement: Device | null): Promise<void> {
    return this.hear(event(inventory.ReservationSubstituted, of.allocationId, {
      ...this.#reservation(of, []), missingItemId, replacementItemId: replacement?.id ?? null, replacementGrade: replacement ? 'A' : null, replacementBin: replacement ? 'Z-01' : null,
    }));
  }

  itemWithdrawn(of: Accepted, itemId: string, state: 'held' | 'committed' = 'committed'): Promise<void> {
    return this.hear(event(inventory.ReservationItemWithdrawn, of.allocationId, { ...this.#reservation(of, []), state, itemId }));
  }

  #reservation(of: Accepted, itemIds: readonly string[]) {
    return { reservationId: of.allocationId, state: 'committed' as const, siteId: of.siteId, asked: itemIds.length, itemIds: [...itemIds], shortfall: 0, expiresAt: null };
  }

  operator(of: Pick<Accepted, 'siteId'>): Actor {
    return actor('operator', { siteIds: [of.siteId] });
  }

  structure(of: Pick<Accepted, 'structureId'>): Actor {
    return actor('structure', { organisationId: of.structureId });
  }

  async shipmentOf(of: Pick<Accepted, 'allocationId'>): Promise<string> {
    const [row] = await this.db.sql<{ shipment_id: string }>('select shipment_id from shipment_line where id = $1', [of.allocationId]);
    if (!row) throw new Error(`allocation ${of.allocationId} is in no shipment`);
    return row.shipment_id;
  }

  show(shipmentId: string) {
    return this.db.worker((tx) => getShipment(tx, shipmentId));
  }

  /** A shipment of one line, picking, its devices in bins; `operator` is one of its site. */
  async picking(quantity = 2): Promise<Accepted & { shipmentId: string; devices: Device[]; operator: Actor }> {
    const accepted = await this.accept({ quantity });
    const shipmentId = await this.shipmentOf(accepted);
    const devices = await Promise.all(Array.from({ length: quantity }, () => this.ready()));
    const operator = this.operator(accepted);
    await this.db.as(operator, (tx) => startPicking(tx, { shipmentId }));
    await this.committed(accepted, devices);
    return { ...accepted, shipmentId, devices, operator };
  }

  /** The same with all devices in one open, sealed or handed over parcel. */
  async packed(until: 'open' | 'sealed' | 'handed-over', quantity = 2) {
    const world = await this.picking(quantity);
    const { shipmentId, devices, operator } = world;
    const parcelId = (await this.db.as(operator, (tx) => openParcel(tx, { shipmentId }))).parcels[0]?.parcelId ?? '';
    await this.db.as(operator, (tx) => packDevices(tx, { shipmentId, parcelId, scans: devices.map((d) => ({ device: d.label })) }));
    if (until !== 'open') await this.db.as(operator, (tx) => sealParcel(tx, { shipmentId, parcelId, seal: 'SEAL-1' }));
    if (until === 'handed-over') await this.db.as(operator, (tx) => handOverParcel(tx, { shipmentId, parcelId, takenBy: 'driver' }));
    return { ...world, parcelId };
  }

  /** What was announced under a key, in order: short names and data. */
  async announced(key: string): Promise<{ name: string; data: Record<string, unknown> }[]> {
    const rows = await this.db.sql<{ type: string; data: string }>('select type, data from outbox where key = $1 order by position', [key]);
    return rows.map((row) => ({ name: row.type.split('.')[3] ?? '', data: JSON.parse(row.data) as Record<string, unknown> }));
  }

  /** The announcements of a device's return. */
  async returnsOf(deviceId: string): Promise<string[]> {
    const rows = await this.db.sql<{ type: string }>(`select type from outbox where topic = 'dispatch.return' and data::json->>'deviceId' = $1 order by position`, [deviceId]);
    return rows.map((row) => row.type.split('.')[3] ?? '');
  }

  /** What must hold at all times: the service's invariants, dense versions, legal steps, rows as their newest event says. */
  async check(): Promise<void> {
    const wrong: unknown[] = [];
    for (const invariant of dispatchService.invariants) {
      const [examined] = await this.db.sql<{ n: number }>(invariant.examined);
      if (typeof examined?.n !== 'number') wrong.push(`${invariant.name} examined nothing`);
      wrong.push(...(await this.db.sql(invariant.violations)).map((row) => ({ invariant: invariant.name, ...row })));
    }
    for (const { table, topic, transitions } of dispatchService.aggregates) {
      const rows = await this.db.sql<{ key: string; version: number; state: string }>(
        `select key, version, min(data::json->>'state') as state from outbox where topic = $1 group by key, version order by key, version`, [topic]);
      rows.forEach((row, i) => {
        const before = rows[i - 1]?.key === row.key ? rows[i - 1] : undefined;
        const legal = before?.state === row.state || (transitions[before?.state ?? ''] ?? []).includes(row.state);
        if (row.version !== (before?.version ?? 0) + 1 || !legal) wrong.push({ table, before, row });
      });
      wrong.push(...(await this.db.sql(
        `select a.id, a.state, a.version, o.state as told from ${table} a left join lateral (select version, data::json->>'state' as state from outbox
           where topic = $1 and key = a.id::text order by position desc limit 1) o on true where o.version is distinct from a.version or o.state is distinct from a.state`, [topic])));
    }
    const unknown = (await this.db.sql<{ type: string }>('select distinct type from outbox')).filter((row) => !EVENTS.has(row.type));
    if (wrong.length + unknown.length > 0) throw new Error(`does not hold: ${JSON.stringify([...wrong, ...unknown], null, 1)}`);
  }
}
