import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { checkSite } from '../access.js';
import type { ReturnState } from '../domain/device-return.js';
import { contentOf, type Shipment } from '../domain/shipment.js';
import { findShipment } from '../persistence/shipment.repository.js';
import type { PickListView, ShipmentView } from './views.js';

function iso(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}

/** The shipment as it is shown, with what became of its devices after they left. */
export async function describeShipment(tx: Tx, shipment: Shipment): Promise<ShipmentView> {
  const rows = await tx.query<{ device_id: string; state: ReturnState }>('select device_id, state from device_return where shipment_id = $1', [shipment.id]);
  const returns = new Map(rows.map((row) => [row.device_id, row.state]));
  const { id, version, state, siteId, structureId, carriage } = shipment;
  return {
    shipmentId: id, version, state, siteId, structureId, carriage,
    createdAt: shipment.createdAt.toISOString(),
    pickingStartedAt: iso(shipment.pickingStartedAt),
    lines: shipment.lines.map(({ id: reservationId, ...line }) => ({ reservationId, ...line })),
    devices: shipment.items.map((item) => ({
      deviceId: item.itemId, reservationId: item.lineId, label: item.label, state: item.state, parcelId: item.parcelId, replaces: item.replaces,
      packedAt: iso(item.packedAt), scannedAt: iso(item.scannedAt),
      returnState: (item.state === 'packed' ? returns.get(item.itemId) : undefined) ?? null,
    })),
    parcels: shipment.parcels.map(({ id: parcelId, ...parcel }) => ({
      parcelId, ...parcel,
      devices: contentOf(shipment, parcelId).length,
      openedAt: iso(parcel.openedAt), sealedAt: iso(parcel.sealedAt), handedOverAt: iso(parcel.handedOverAt), deliveredAt: iso(parcel.deliveredAt),
      failedAt: iso(parcel.failedAt), returnedAt: iso(parcel.returnedAt),
    })),
  };
}

async function found(tx: Tx, shipmentId: string): Promise<Shipment> {
  const shipment = await findShipment(tx, shipmentId);
  if (!shipment) throw new DomainError('shipment-not-found');
  checkSite(tx.actor, shipment.siteId);
  return shipment;
}

export async function getShipment(tx: Tx, shipmentId: string): Promise<ShipmentView> {
  return describeShipment(tx, await found(tx, shipmentId));
}

/** What is to be fetched from which bin, in the order of the bins. */
export async function getPickList(tx: Tx, shipmentId: string): Promise<PickListView> {
  const { id, version, state, lines, items, parcels } = await found(tx, shipmentId);
  const lineOf = new Map(lines.map((line) => [line.id, line]));
  const here = new Set(parcels.filter((p) => p.state === 'open' || p.state === 'packed' || p.state === 'cancelled').map((p) => p.id));
  const places = items
    .map((item) => ({
      item,
      shown: {
        deviceId: item.itemId, reservationId: item.lineId, label: item.label, bin: item.bin,
        category: lineOf.get(item.lineId)?.category ?? '', grade: lineOf.get(item.lineId)?.grade ?? '',
      },
    }))
    .sort((a, b) => (a.item.bin ?? '\uffff').localeCompare(b.item.bin ?? '\uffff', 'en', { numeric: true }));
  return {
    shipmentId: id, version, state,
    toPick: places.filter(({ item }) => item.state === 'to-pick').map(({ shown }) => shown),
    awaited: lines.filter((line) => line.state === 'requested').length,
    replacements: places.flatMap(({ item, shown }) => (item.state === 'substituting' || item.state === 'pulled' ? [{ ...shown, state: item.state }] : [])),
    toTakeOut: places.flatMap(({ item, shown }) =>
      item.parcelId !== null && item.state !== 'packed' && here.has(item.parcelId) ? [{ ...shown, state: item.state, parcelId: item.parcelId }] : [],
    ),
  };
}
