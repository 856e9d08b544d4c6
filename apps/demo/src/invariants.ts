import type { Person } from './client.js';
import type { ShipmentView } from './dispatch.js';
import type { LotView } from './donor.js';
import type { Whereabouts } from './places.js';
import type { NeedView } from './rounds.js';
import { stockCells } from './settle.js';

/** What everybody concerned can see at the end. */
export interface Seen {
  readonly lot: LotView;
  readonly where: Whereabouts;
  readonly needs: readonly NeedView[];
  readonly shipments: readonly ShipmentView[];
}

interface Reservation {
  readonly reservationId: string;
  readonly itemIds: readonly string[];
}

/** What can be seen to hold over the public API alone: rule → violations. */
export async function visibleInvariants(coordinator: Person, { lot, where, needs, shipments }: Seen): Promise<Record<string, string[]>> {
  const { counts, devices, unclear } = where;
  const { declared, declined, received, refused, missing, awaited, unexpected } = lot;
  const placed = Object.entries(counts).reduce((sum, [place, count]) => sum + (place === 'missing' ? 0 : count), 0);
  const lines = needs.flatMap((need) => need.lines);
  const ended = (outcome: string): number => lot.outcomes[outcome] ?? 0;
  const promised = (await Promise.all(['held', 'committed'].map((state) => coordinator.all<Reservation>(`/inventory/reservations?state=${state}`)))).flat();
  const allocated = lines.reduce((sum, line) => sum + line.delivered, 0);
  const arrived = shipments.flatMap(delivered).length;
  const states = new Map(devices.map(({ id, state }) => [id, state]));
  return {
    'lot sums': broken(declared === declined + received + refused + missing + awaited, `${declared} declared = ${declined} + ${received} + ${refused} + ${missing} + ${awaited}`),
    'nothing awaited once received': broken(awaited === 0, `${awaited} awaited`),
    'every received device is in one place': [...unclear, ...broken(placed === received + unexpected, `${placed} placed, ${received} received and ${unexpected} unexpected`)],
    'the lot knows how its devices ended': (['delivered', 'recycled', 'returned-to-donor', 'lost'] as const).flatMap((place) => broken(counts[place] === ended(place), `${counts[place]} ${place}, the lot says ${ended(place)}`)),
    'stock cells add up': (await stockCells(coordinator)).flatMap((cell) => broken(cell.free >= 0 && cell.onHand === cell.free + cell.reserved + cell.picked, JSON.stringify(cell))),
    'nothing is promised twice': twice(promised.flatMap(({ itemIds }) => itemIds)),
    'need lines add up': lines.flatMap((line) => broken(line.asked === line.open + line.allocated + line.shipped + line.delivered + line.cancelled, JSON.stringify(line))),
    'what was delivered is what needs were given': broken(arrived === allocated, `${arrived} arrived, ${allocated} counted for needs`),
    'what was delivered is delivered for the workshop': shipments.flatMap(delivered).flatMap((id) => broken([undefined, 'delivered'].includes(states.get(id)), `${id} is ${states.get(id)}`)),
  };
}

/** Devices that reached the structure. */
export function delivered({ parcels, devices }: ShipmentView): string[] {
  const arrived = new Set(parcels.filter(({ state }) => state === 'delivered').map(({ parcelId }) => parcelId));
  return devices.filter((device) => device.state === 'packed' && arrived.has(device.parcelId ?? '') && device.returnState !== 'lost').map(({ deviceId }) => deviceId);
}

function broken(holds: boolean, detail: string): string[] {
  return holds ? [] : [detail];
}

function twice(ids: readonly string[]): string[] {
  const seen = new Set<string>();
  return ids.filter((id) => seen.size === seen.add(id).size);
}
