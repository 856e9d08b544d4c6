import type { Device } from '../domain/device.js';

type Times = 'noMediaAt' | 'blockUntil' | 'openedAt' | 'placedAt';
/** A device as the driver gives it: as the domain has it, but for its times. */
export type DeviceRow = Omit<Device, Times> & { readonly noMediaAt: Date | null; readonly blockUntil: Date | null; readonly openedAt: Date; readonly placedAt: Date };

/** Columns of `device`, named as the domain names them. */
export const DEVICE_COLUMNS = `id, version, state, lot_id as "lotId", donor_id as "donorId", site_id as "siteId", label, category, earmark, maker, model,
  serial, imei, asset_tag as "assetTag", recycle_for_age as "recycleForAge", diagnosed, erased, tested, graded, hardware, drives,
  no_media_at as "noMediaAt", sim_cards as "simCards", sd_cards as "sdCards", test_results as "testResults", grading, held_from as "heldFrom",
  block, block_until as "blockUntil", ending, opened_at as "openedAt", placed_at as "placedAt"`;

export function toDevice(row: DeviceRow): Device {
  return {
    ...row,
    noMediaAt: row.noMediaAt?.toISOString() ?? null,
    blockUntil: row.blockUntil?.toISOString() ?? null,
    openedAt: row.openedAt.toISOString(),
    placedAt: row.placedAt.toISOString(),
  };
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

/** Values of `UPDATE_COLUMNS`, in order. */
export function changeable(device: Device): unknown[] {
  return [
    device.state, device.siteId, device.category, device.maker, device.model, device.serial, device.imei, device.assetTag, device.recycleForAge,
    device.diagnosed, device.erased, device.tested, device.graded, json(device.hardware), json(device.drives), device.noMediaAt, device.simCards,
    device.sdCards, json(device.testResults), json(device.grading), device.heldFrom, json(device.block), device.blockUntil, json(device.ending),
    device.openedAt, device.placedAt,
  ];
}

/** What a command may change. */
export const UPDATE_COLUMNS = [
  'state', 'site_id', 'category', 'maker', 'model', 'serial', 'imei', 'asset_tag', 'recycle_for_age', 'diagnosed', 'erased', 'tested', 'graded',
  'hardware', 'drives', 'no_media_at', 'sim_cards', 'sd_cards', 'test_results', 'grading', 'held_from', 'block', 'block_until', 'ending',
  'opened_at', 'placed_at',
] as const;
