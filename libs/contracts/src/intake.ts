import { z } from 'zod';
import { defineEvent } from './event.js';
import { Category, Count, Earmark, Id, LabelCode } from './values.js';

const ID = '0192f3a0-0000-7000-8000-000000000001';

// Facts that other services act on. Those without consumers stand below, by aggregate.

/** A device was scanned in at a site: from here the workshop carries it. Key: device. */
export const DeviceReceived = defineEvent('intake.device', 'device-received', ['refurbishment'], {
  deviceId: Id,
  state: z.literal('received'),
  lotId: Id,
  /** The manifest line it answers; none where it was unexpected. */
  lineId: Id.nullable(),
  donorId: Id,
  siteId: Id,
  label: LabelCode,
  category: Category,
  maker: z.string().max(500).nullable(),
  model: z.string().max(500).nullable(),
  serial: z.string().max(500).nullable(),
  imei: z.string().nullable(),
  aliases: z.array(z.string().max(500)).max(20),
  earmark: Earmark,
  /** How it was matched to the manifest. */
  matched: z.enum(['serial', 'choice', 'counted', 'unexpected']),
  /** REEN law, art. 16: older than ten years from a public body goes to recycling; null where the age is not known. */
  recycleForAge: z.boolean().nullable(),
}, {
  deviceId: ID, state: 'received', lotId: ID, lineId: ID, donorId: ID, siteId: ID, label: 'LC-7K3M-9QAT', category: 'laptop',
  maker: 'Dell', model: 'Latitude 5490', serial: 'ESH7460', imei: null, aliases: [], earmark: null, matched: 'serial', recycleForAge: false,
});

/** The device reached an end (delivered, recycled …) and no longer holds its lot open. Key: device. */
export const DeviceSettled = defineEvent('intake.device', 'device-settled', [], {
  deviceId: Id, lotId: Id, state: z.literal('settled'), outcome: z.enum(['delivered', 'recycled', 'returned-to-donor', 'lost']),
}, { deviceId: ID, lotId: ID, state: 'settled', outcome: 'delivered' });

/** A settled device came back (a return, or found again) and holds its lot open once more. Key: device. */
export const DeviceUnsettled = defineEvent('intake.device', 'device-unsettled', [], {
  deviceId: Id, lotId: Id, state: z.literal('received'),
}, { deviceId: ID, lotId: ID, state: 'received' });

const LOT_STATES = ['draft', 'submitted', 'accepted', 'receiving', 'received', 'closed', 'declined', 'cancelled'] as const;
/** Sums of a lot in devices: declared = declined + received + refused + missing + awaited; unexpected apart. */
const lot = {
  lotId: Id, donorId: Id, siteId: Id.nullable(), state: z.enum(LOT_STATES),
  declared: Count, declined: Count, received: Count, refused: Count, missing: Count, awaited: Count, unexpected: Count,
};
const lotExample = {
  lotId: ID, donorId: ID, siteId: null, state: 'submitted' as const,
  declared: 240, declined: 0, received: 0, refused: 0, missing: 0, awaited: 240, unexpected: 0,
};
const lotEvent = (name: string) => defineEvent('intake.lot', name, [], lot, lotExample);
export const LotOpened = lotEvent('lot-opened');
export const LotChanged = lotEvent('lot-changed');
export const LotSubmitted = lotEvent('lot-submitted');
export const LotAccepted = lotEvent('lot-accepted');
export const LotDeclined = lotEvent('lot-declined');
export const LotCancelled = lotEvent('lot-cancelled');
export const LotReceptionStarted = lotEvent('lot-reception-started');
export const LotReceived = lotEvent('lot-received');
export const LotClosed = lotEvent('lot-closed');
export const LotReopened = lotEvent('lot-reopened');
