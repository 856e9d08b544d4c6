import { dispatch } from '@lacollecte/contracts';
import { orStale, type Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import type { DeviceReturn, ReturnState } from '../domain/device-return.js';
import { inCause } from './shipment.repository.js';

const COLUMNS = `id, version, state, device_id as "deviceId", shipment_id as "shipmentId", reservation_id as "reservationId",
  structure_id as "structureId", site_id as "siteId", reason`;

export function lockReturn(tx: Tx, id: string): Promise<DeviceReturn | undefined> {
  return tx.one<DeviceReturn>(`select ${COLUMNS} from device_return where id = $1 for update`, [id]);
}

/** Returns of a shipment's devices, locked in the order of their ids. */
export function lockReturnsOf(tx: Tx, shipmentId: string): Promise<DeviceReturn[]> {
  return tx.query<DeviceReturn>(`select ${COLUMNS} from device_return where shipment_id = $1 order by id for update`, [shipmentId]);
}

const EVENT_OF = {
  requested: dispatch.ReturnRequested,
  received: dispatch.ReturnReceived,
  lost: dispatch.DeliveryDeviceLost,
  found: dispatch.DeliveryDeviceFound,
} as const satisfies Record<ReturnState, unknown>;

const SAVE = orStale('with changed as (update device_return set version = version + 1, state = $2, site_id = $3 where id = $1 and version = $4 returning id)');

/** Writes a new return (version 0 before) or its next state, one version higher, and announces it. */
export async function saveReturn(tx: Tx, row: DeviceReturn): Promise<DeviceReturn> {
  const next = { ...row, version: row.version + 1 };
  if (row.version > 0) tx.change(SAVE, [row.id, row.state, row.siteId, row.version]);
  else {
    await tx.execute(
      `insert into device_return (id, version, state, device_id, shipment_id, reservation_id, structure_id, site_id, reason, created_at)
       values ($1, 1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [row.id, row.state, row.deviceId, row.shipmentId, row.reservationId, row.structureId, row.siteId, row.reason, tx.now],
    );
  }
  const { id: returnId, deviceId, shipmentId, reservationId, siteId, state } = next;
  append(inCause(tx, shipmentId), EVENT_OF[row.state], { key: returnId, version: next.version }, { returnId, deviceId, shipmentId, reservationId, siteId, state });
  return next;
}
