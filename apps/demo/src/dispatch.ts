import { setTimeout as delay } from 'node:timers/promises';
import { chunks, type Person } from './client.js';
import type { Staff } from './people.js';
import { token } from './random.js';
import { type AllocationView, rankOf } from './rounds.js';
import type { Structure } from './structures.js';
import { waitFor } from './wait.js';

/** Devices of one parcel: what one person loads. */
const PER_PARCEL = 20;

export interface ShipmentView {
  readonly shipmentId: string;
  readonly state: string;
  readonly siteId: string;
  readonly structureId: string;
  readonly lines: readonly { readonly reservationId: string; readonly category: string; readonly grade: string; readonly quantity: number; readonly state: string }[];
  readonly devices: readonly { readonly deviceId: string; readonly label: string | null; readonly state: string; readonly parcelId: string | null; readonly returnState: string | null }[];
  readonly parcels: readonly { readonly parcelId: string; readonly number: number; readonly state: string; readonly devices: number }[];
}

interface PickList {
  readonly toPick: readonly { readonly deviceId: string; readonly label: string | null; readonly category: string; readonly grade: string }[];
  readonly awaited: number;
  readonly replacements: readonly unknown[];
}

/** What goes wrong on purpose, by shipment. */
export interface Mishaps {
  /** Nobody is there, and it comes back with its seal unbroken. */
  readonly fails?: string | undefined;
  /** A device of this kind in it is not in its bin. */
  readonly notFound?: { readonly shipmentId: string; readonly category: string; readonly grade: string } | undefined;
  /** A device of it does not arrive. */
  readonly losesOne?: string | undefined;
}

/** What accepted allocations are planned to travel with. */
export async function plannedShipments(coordinator: Person, accepted: readonly AllocationView[]): Promise<ShipmentView[]> {
  const structures = [...new Set(accepted.map(({ structureId }) => structureId))];
  const shipments = await Promise.all(structures.map((structureId) => {
    const wanted = new Set(accepted.filter((allocation) => allocation.structureId === structureId).map(({ allocationId }) => allocationId));
    return waitFor('dispatch plans what was accepted', async () => {
      const planned = await coordinator.all<{ shipmentId: string }>(`/dispatch/shipments?structureId=${structureId}&state=planned`);
      const details = await Promise.all(planned.map(({ shipmentId }) => coordinator.get<ShipmentView>(`/dispatch/shipments/${shipmentId}`)));
      const ours = details.filter(({ lines }) => lines.some(({ reservationId }) => wanted.has(reservationId)));
      const found = ours.flatMap(({ lines }) => lines).filter(({ reservationId }) => wanted.has(reservationId)).length;
      return found === wanted.size ? ours : undefined;
    });
  }));
  return shipments.flat();
}

/** From the shelf to the structure, or back. */
export async function ship(staff: Staff, structure: Structure, planned: ShipmentView, mishaps: Mishaps): Promise<void> {
  const { shipmentId, siteId } = planned;
  const operator = staff.operators.get(siteId) ?? staff.coordinator;
  const path = `/dispatch/shipments/${shipmentId}`;
  await operator.post(`${path}/picking`, 'pick');
  for (const devices of chunks(await pick(operator, path, mishaps.notFound?.shipmentId === shipmentId ? mishaps.notFound : undefined), PER_PARCEL)) {
    const { parcels } = await operator.post<ShipmentView>(`${path}/parcels`, `parcel ${devices[0]!.deviceId}`);
    await pack(operator, `${path}/parcels/${parcels.at(-1)!.parcelId}`, devices.map(({ label, deviceId }) => label ?? deviceId));
  }
  const { parcels, devices } = await operator.get<ShipmentView>(path);
  for (const { parcelId } of parcels.filter(({ state }) => state === 'open')) {
    const parcel = `${path}/parcels/${parcelId}`;
    await operator.post(`${parcel}/seal`, 'seal', { body: { seal: `S-${token(8, parcelId)}` } });
    await operator.post(`${parcel}/hand-over`, 'hand over', { body: { takenBy: 'driver' } });
    if (mishaps.fails === shipmentId) {
      await operator.post(`${parcel}/failure`, 'fail', { body: { reason: 'nobody-there' } });
      await operator.post(`${parcel}/return`, 'return', { body: { sealIntact: true } });
      continue;
    }
    const inside = devices.filter((device) => device.parcelId === parcelId && device.state === 'packed');
    const missing = mishaps.losesOne === shipmentId && parcelId === parcels[0]!.parcelId ? inside.slice(0, 1).map(({ deviceId }) => deviceId) : [];
    await structure.person.post(`${parcel}/delivery`, 'deliver', { body: { receivedBy: 'reception', missing } });
  }
}

/** What was found in its bin, with another device for the one that was not. */
async function pick(operator: Person, path: string, notFound: Mishaps['notFound']): Promise<PickList['toPick']> {
  const picks = await pickable(operator, path);
  const missing = notFound && picks.find((device) => replaces(notFound, device));
  if (!missing) return picks;
  await operator.post(`${path}/missing`, 'not found', { body: { device: missing.deviceId } });
  return pickable(operator, path);
}

/** What is to be fetched, once inventory has committed every line and answered for every device that was not found. */
function pickable(operator: Person, path: string): Promise<PickList['toPick']> {
  return waitFor('inventory commits what is to be picked', async () => {
    const { toPick, awaited, replacements } = await operator.get<PickList>(`${path}/pick-list`);
    return awaited === 0 && replacements.length === 0 ? toPick : undefined;
  });
}

interface Packed {
  readonly results: readonly { readonly scanned: string; readonly problem: { readonly code: string } | null }[];
}

/** @throws Error naming the first refusal */
async function pack(operator: Person, parcel: string, devices: readonly string[], attempt = 0): Promise<void> {
  const { results } = await operator.post<Packed>(`${parcel}/bulk-scans`, `pack ${attempt}`, { body: { scans: devices.map((device) => ({ device })) } });
  const early = results.filter(({ problem }) => problem?.code === 'not-here-yet').map(({ scanned }) => scanned);
  const wrong = results.find(({ scanned, problem }) => problem && !early.includes(scanned));
  if (wrong || attempt > 100) throw new Error(`${wrong?.scanned ?? early[0]} cannot be packed: ${wrong?.problem?.code ?? 'not-here-yet'}`);
  if (early.length === 0) return;
  await delay(300);
  await pack(operator, parcel, early, attempt + 1);
}

/**
 * Who meets with a mishap: a shipment of middling size comes back, the largest arrives with a device less, and in one a device
 * is not in its bin that something refused can replace. `order` is that of the structures.
 */
export function chooseMishaps(shipments: readonly ShipmentView[], refused: AllocationView | undefined, order: ReadonlyMap<string, number>): Mishaps {
  const size = ({ lines }: ShipmentView): number => lines.reduce((sum, { quantity }) => sum + quantity, 0);
  const bySize = shipments.toSorted((a, b) => size(a) - size(b) || order.get(a.structureId)! - order.get(b.structureId)!);
  const fails = bySize.length >= 2 ? bySize[Math.floor((bySize.length - 1) / 2)] : undefined;
  const losesOne = bySize.length >= 3 ? bySize.at(-1) : undefined;
  const short = refused && bySize.find((shipment) => shipment !== fails && shipment !== losesOne && shipment.siteId === refused.siteId && shipment.lines.some((line) => replaces(refused, line)));
  return { fails: fails?.shipmentId, losesOne: losesOne?.shipmentId, notFound: short && { shipmentId: short.shipmentId, category: refused!.category, grade: refused!.grade } };
}

interface Kind {
  readonly category: string;
  readonly grade: string;
}

/** A device may stand in for one of its kind that is no better. */
function replaces(free: Kind, missing: Kind): boolean {
  return free.category === missing.category && rankOf(missing.grade) <= rankOf(free.grade);
}
