import type { Tx } from '@lacollecte/database';
import type { Device } from '../domain/device.js';
import { normalIdentifier } from './identifiers.js';

export interface NewDevice {
  readonly device: Device;
  readonly aliases: readonly string[];
}

// One JSON parameter for all rows: with constant text, any number of devices is one prepared statement.
const INSERT = `
  with new as (
    select * from jsonb_to_recordset($1::jsonb) as d(
      id uuid, version int, state text, "lotId" uuid, "donorId" uuid, "siteId" uuid, label text, category text, earmark text, maker text, model text,
      serial text, imei text, "recycleForAge" boolean, erased boolean, drives jsonb, "heldFrom" text[], ending jsonb, "openedAt" timestamptz)
  ), inserted as (
    insert into device (id, version, state, lot_id, donor_id, site_id, label, category, earmark, maker, model, serial, imei, recycle_for_age,
      diagnosed, erased, tested, graded, drives, sim_cards, sd_cards, held_from, ending, opened_at, placed_at, waiting_since)
    select id, version, state, "lotId", "donorId", "siteId", label, category, earmark, maker, model, serial, imei, "recycleForAge",
      false, erased, false, false, drives, 0, 0, "heldFrom", nullif(ending, 'null'), "openedAt", "openedAt", "openedAt" from new order by id
    on conflict (id) do nothing returning id, version, site_id, opened_at
  ), logged as (
    insert into step (device_id, version, step, by, site_id, at, payload, before)
    select id, version, 'arrive', $2, site_id, opened_at, '{}', '{}' from inserted
  )
  select id from inserted`;

/** @returns the ids of those that were not known */
export async function insertDevices(tx: Tx, devices: readonly NewDevice[]): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(INSERT, [JSON.stringify(devices.map(({ device }) => device)), tx.actor.subject]);
  const ids = rows.map(({ id }) => id);
  const known = new Set(ids);
  const fresh = devices.filter(({ device }) => known.has(device.id));
  const names = fresh.flatMap(({ device, aliases }) =>
    [['serial', device.serial] as const, ['imei', device.imei] as const, ...aliases.map((alias) => ['alias', alias] as const)].flatMap(([kind, value]) =>
      value === null ? [] : [{ kind, value: normalIdentifier(value), id: device.id }],
    ),
  );
  await tx.execute(
    'insert into identifier (value, device_id, kind) select * from unnest($1::text[], $2::uuid[], $3::text[]) on conflict do nothing',
    [names.map(({ value }) => value), names.map(({ id }) => id), names.map(({ kind }) => kind)],
  );
  const drives = fresh.flatMap(({ device }) => device.drives.flatMap((drive) => (drive.serial === null ? [] : [{ serial: drive.serial, device: device.id, id: drive.id }])));
  if (drives.length > 0) {
    await tx.execute(
      'insert into drive_serial (serial, device_id, drive_id) select * from unnest($1::text[], $2::uuid[], $3::uuid[]) on conflict do nothing',
      [drives.map(({ serial }) => serial), drives.map(({ device }) => device), drives.map(({ id }) => id)],
    );
  }
  return ids;
}
