import type { ReceivedEvent } from '@lacollecte/messaging';

/** Fields that name what an event is about. An item has its device's id, a reservation its allocation's. */
export const SUBJECTS: ReadonlySet<string> = new Set([
  'deviceId', 'itemId', 'itemIds', 'missing', 'missingItemId', 'replacementItemId', 'lotId', 'manifestId', 'pickupId', 'receptionId', 'rollId', 'needId', 'allocationId', 'reservationId',
  'reservationIds', 'roundId', 'shipmentId', 'parcelId', 'returnId', 'structureId', 'organisationId', 'personId', 'serviceAccountId',
]);

/**
 * Fields with ids of what nobody looks up by what happened to it: every event names a site and many a donor, which the tables of
 * devices and lots have as columns; lines and drives are parts of a lot, a need, a device.
 */
export const NO_SUBJECTS: ReadonlySet<string> = new Set(['siteId', 'siteIds', 'donorId', 'lineId', 'driveId']);

/** Of thousands of events each would name its lot: a device's lot is known from the device. */
const OF_DEVICES: ReadonlySet<string> = new Set(['intake.device', 'refurbishment.device']);

/** Ids of all that an event is about, its key first, each once. */
export function subjectsOf({ topic, key, data }: Pick<ReceivedEvent, 'topic' | 'key' | 'data'>): string[] {
  const found = new Set([key]);
  const walk = (value: unknown, named: boolean): void => {
    if (typeof value === 'string') {
      if (named) found.add(value);
    } else if (Array.isArray(value)) {
      for (const one of value) walk(one, named);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, member] of Object.entries(value)) walk(member, SUBJECTS.has(name) && !(name === 'lotId' && OF_DEVICES.has(topic)));
    }
  };
  walk(data, false);
  return [...found];
}
