/** Where a device can be, along its way; from `delivered` on it has ended. */
export const STAGES = [
  'received', 'in-workshop', 'repairing', 'blocked', 'rejected', 'harvested', 'ready', 'stocked', 'reserved', 'packed', 'handed-over', 'set-aside', 'recalled',
  'delivered', 'recycled', 'returned-to-donor', 'lost', 'written-off',
] as const;
export type Stage = (typeof STAGES)[number];

/** Stages that devices enter by these events, for the flow over time: the name of the event, its service before it. */
export const ENTRIES: Readonly<Record<string, Stage>> = {
  'intake.device-received': 'received', 'refurbishment.device-rejected': 'rejected', 'refurbishment.device-ready': 'ready', 'inventory.item-stocked': 'stocked',
  'inventory.item-reserved': 'reserved', 'dispatch.parcel-sealed': 'packed', 'dispatch.parcel-handed-over': 'handed-over', 'refurbishment.device-recalled': 'recalled',
  'refurbishment.device-delivered': 'delivered', 'refurbishment.device-recycled': 'recycled', 'refurbishment.device-returned-to-donor': 'returned-to-donor',
  'refurbishment.device-lost': 'lost',
};

const PREFIX = 'tech.lacollecte.';

/** `intake.lot-submitted` of `tech.lacollecte.intake.lot-submitted.v1`. */
export function nameOf(type: string): string {
  return type.slice(PREFIX.length).replace(/\.v\d+$/, '');
}
