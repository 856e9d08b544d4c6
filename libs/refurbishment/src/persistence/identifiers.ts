import type { Tx } from '@lacollecte/database';
import type { Device } from '../domain/device.js';

/** Identifiers are found whatever their case and spaces. */
export function normalIdentifier(value: string): string {
  return value.replace(/\s+/g, '').toUpperCase();
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Devices by id, serial, IMEI, asset tag or alias; several may share one. */
export async function devicesByIdentifier(tx: Tx, value: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'select device_id as id from identifier where value = $1 union select id from device where id = $2 order by 1 limit 20',
    [normalIdentifier(value), UUID.test(value) ? value : null],
  );
  return rows.map((row) => row.id);
}

/** What the sheet says now, and nothing that it said before; aliases stay. */
export async function syncIdentifiers(tx: Tx, device: Device): Promise<void> {
  const pairs = ([['serial', device.serial], ['imei', device.imei], ['asset-tag', device.assetTag]] as const).flatMap(([kind, value]) =>
    value === null ? [] : [[kind, normalIdentifier(value)] as const],
  );
  await tx.execute(`delete from identifier where device_id = $1 and kind <> 'alias'`, [device.id]);
  await tx.execute(
    `insert into identifier (value, device_id, kind) select value, $1, kind from unnest($2::text[], $3::text[]) as i(kind, value) on conflict do nothing`,
    [device.id, pairs.map(([kind]) => kind), pairs.map(([, value]) => value)],
  );
}

export async function syncDriveSerials(tx: Tx, device: Device): Promise<void> {
  const drives = device.drives.filter((drive) => drive.serial !== null);
  await tx.execute('delete from drive_serial where device_id = $1 and serial <> all($2)', [device.id, drives.map((drive) => drive.serial)]);
  await tx.execute(
    'insert into drive_serial (serial, device_id, drive_id) select serial, $1, id from unnest($2::text[], $3::uuid[]) as d(serial, id) on conflict do nothing',
    [device.id, drives.map((drive) => drive.serial), drives.map((drive) => drive.id)],
  );
}

/** Devices that a drive was ever seen in. */
export async function devicesWithDrive(tx: Tx, serial: string): Promise<string[]> {
  const rows = await tx.query<{ deviceId: string }>('select device_id as "deviceId" from drive_serial where serial = $1 order by device_id', [serial]);
  return rows.map((row) => row.deviceId);
}
