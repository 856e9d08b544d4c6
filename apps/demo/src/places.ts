import { type Person, Refusal } from './client.js';
import type { LotView } from './donor.js';

/** Where a device of a lot can be. */
export const PLACES = ['workshop', 'stock', 'reserved', 'held', 'in-transfer', 'shipped', 'delivered', 'recycled', 'returned-to-donor', 'lost', 'missing'] as const;
export type Place = (typeof PLACES)[number];

export interface DeviceView {
  readonly id: string;
  readonly label: string;
  readonly state: string;
  readonly category: string;
  readonly siteId: string;
}

export interface ItemView {
  readonly itemId: string;
  readonly state: string;
  readonly quarantine: string | null;
}

export interface Whereabouts {
  readonly counts: Readonly<Record<Place, number>>;
  readonly devices: readonly DeviceView[];
  /** Devices of which workshop and stock say what does not fit together. */
  readonly unclear: readonly string[];
}

export const devicesOf = (coordinator: Person, lotId: string): Promise<DeviceView[]> => coordinator.all<DeviceView>(`/refurbishment/devices?lotId=${lotId}`);

/** The one place of every device of a lot, from what workshop and stock say of it; and how many never came. */
export async function whereabouts(coordinator: Person, lot: LotView): Promise<Whereabouts> {
  const devices = await devicesOf(coordinator, lot.id);
  const items = new Map(await Promise.all(devices.map(async ({ id }) => [id, await itemOf(coordinator, id)] as const)));
  const counts = Object.fromEntries(PLACES.map((place) => [place, 0])) as Record<Place, number>;
  const unclear: string[] = [];
  for (const { id, label, state } of devices) {
    const place = placeOf(state, items.get(id));
    if (place) counts[place] += 1;
    else unclear.push(`${label} is ${state} in the workshop and ${items.get(id)?.state ?? 'unknown'} in stock`);
  }
  return { counts: { ...counts, missing: lot.missing }, devices, unclear };
}

/** One by one: a site's list holds all that ever was in stock there. Undefined where it never became stock. */
async function itemOf(coordinator: Person, deviceId: string): Promise<ItemView | undefined> {
  try {
    return await coordinator.get<ItemView>(`/inventory/items/${deviceId}`);
  } catch (error) {
    if (error instanceof Refusal && error.code === 'item-not-found') return undefined;
    throw error;
  }
}

/** Undefined where workshop and stock contradict each other. */
export function placeOf(state: string, item: Pick<ItemView, 'state' | 'quarantine'> | undefined): Place | undefined {
  const away = item === undefined || item.state === 'written-off' || item.quarantine === 'recalled' || item.quarantine === 'returned';
  switch (state) {
    case 'ready':
      return item && ofReady(item);
    case 'delivered':
      return item?.state === 'issued' ? 'delivered' : undefined;
    case 'recalled':
      return item && ['in-stock', 'reserved', 'picked'].includes(item.state) ? undefined : 'held';
    case 'lost':
      return away || item.state === 'issued' ? 'lost' : undefined;
    case 'recycled':
    case 'returned-to-donor':
      return away ? state : undefined;
    default:
      return away ? 'workshop' : undefined;
  }
}

function ofReady({ state, quarantine }: Pick<ItemView, 'state' | 'quarantine'>): Place | undefined {
  switch (state) {
    case 'in-stock':
      return 'stock';
    case 'reserved':
    case 'picked':
      return 'reserved';
    case 'issued':
      return 'shipped';
    case 'quarantined':
      return quarantine === 'recalled' || quarantine === 'returned' ? undefined : 'held';
    case 'written-off':
      return 'lost';
    default:
      return undefined;
  }
}
