/** What an event can be about. An item is its device and a reservation its allocation: they have one id. */
export type SubjectKind =
  | 'device' | 'lot' | 'need' | 'allocation' | 'shipment' | 'parcel' | 'return' | 'structure' | 'donor' | 'site' | 'round' | 'manifest' | 'pickup' | 'reception' | 'label-roll'
  | 'organisation' | 'person' | 'service-account' | 'drive';

/** Fields of the contract that name something, wherever they stand in an event's data. */
export const SUBJECT_FIELDS: Readonly<Record<string, SubjectKind>> = {
  deviceId: 'device', itemId: 'device', itemIds: 'device', missing: 'device', missingItemId: 'device', replacementItemId: 'device',
  lotId: 'lot', needId: 'need', allocationId: 'allocation', reservationId: 'allocation', reservationIds: 'allocation',
  shipmentId: 'shipment', parcelId: 'parcel', returnId: 'return', structureId: 'structure', donorId: 'donor', siteId: 'site', siteIds: 'site',
  roundId: 'round', manifestId: 'manifest', pickupId: 'pickup', receptionId: 'reception', rollId: 'label-roll',
  organisationId: 'organisation', personId: 'person', serviceAccountId: 'service-account', driveId: 'drive',
};
/** Lines of a manifest or a need: nobody looks for one by itself. */
export const UNFOLLOWED: ReadonlySet<string> = new Set(['lineId']);

/** Names by which people know a device. */
export const IDENTIFIER_FIELDS: ReadonlySet<string> = new Set(['label', 'serial', 'imei', 'aliases']);

export interface Named {
  /** Each id once, with what it is. */
  readonly subjects: ReadonlyMap<string, SubjectKind>;
  /** As `identifierKey`, each once. */
  readonly identifiers: ReadonlySet<string>;
}

/** Everything that an event's data names. */
export function namedIn(data: unknown): Named {
  const subjects = new Map<string, SubjectKind>();
  const identifiers = new Set<string>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) walk(one);
    else if (typeof value === 'object' && value !== null) for (const [field, member] of Object.entries(value)) take(field, member);
  };
  const take = (field: string, value: unknown): void => {
    const kind = SUBJECT_FIELDS[field];
    for (const one of [value].flat()) {
      if (typeof one !== 'string') walk(one);
      else if (kind) subjects.set(one, kind);
      else if (IDENTIFIER_FIELDS.has(field) && identifierKey(one) !== '') identifiers.add(identifierKey(one));
    }
  };
  walk(data);
  return { subjects, identifiers };
}

/** Letters and digits alone, in capitals: a serial is typed with and without its dashes. */
export function identifierKey(identifier: string): string {
  return identifier.toUpperCase().replaceAll(/[^A-Z0-9]/g, '');
}
