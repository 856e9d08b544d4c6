import { z } from 'zod';
import { defineEvent } from './event.js';
import { Category, Count, Earmark, Id, Instant, LabelCode } from './values.js';

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
  imei: z.string().max(500).nullable(),
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
  /** By when the donor has what comes next: an answer, then the received inventory. */
  dueAt: Instant.nullable().optional(),
};
const lotExample = {
  lotId: ID, donorId: ID, siteId: null, state: 'submitted' as const,
  declared: 240, declined: 0, received: 0, refused: 0, missing: 0, awaited: 240, unexpected: 0, dueAt: '2026-11-04T10:00:00.000Z',
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

/** A donor's file: read by a job, shown, then confirmed or given up. */
const manifest = {
  manifestId: Id, lotId: Id, donorId: Id, state: z.enum(['uploaded', 'reading', 'previewed', 'confirmed', 'imported', 'discarded', 'failed']),
  rows: Count, accepted: Count, refused: Count, devices: Count,
};
const manifestExample = { manifestId: ID, lotId: ID, donorId: ID, state: 'previewed' as const, rows: 240, accepted: 238, refused: 2, devices: 238 };
const manifestEvent = (name: string) => defineEvent('intake.manifest', name, [], manifest, manifestExample);
export const ManifestUploaded = manifestEvent('manifest-uploaded');
export const ManifestReadingStarted = manifestEvent('manifest-reading-started');
export const ManifestPreviewed = manifestEvent('manifest-previewed');
export const ManifestConfirmed = manifestEvent('manifest-confirmed');
export const ManifestImported = manifestEvent('manifest-imported');
export const ManifestDiscarded = manifestEvent('manifest-discarded');
export const ManifestFailed = manifestEvent('manifest-failed');

/** One collection of a lot's packages. */
const pickup = { pickupId: Id, lotId: Id, donorId: Id, siteId: Id, state: z.enum(['scheduled', 'done', 'failed']), pallets: Count, boxes: Count };
const pickupExample = { pickupId: ID, lotId: ID, donorId: ID, siteId: ID, state: 'scheduled' as const, pallets: 2, boxes: 0 };
const pickupEvent = (name: string) => defineEvent('intake.pickup', name, [], pickup, pickupExample);
export const PickupScheduled = pickupEvent('pickup-scheduled');
export const PickupDone = pickupEvent('pickup-done');
export const PickupFailed = pickupEvent('pickup-failed');

/** One session at one site in which devices of a lot are scanned in. */
const reception = { receptionId: Id, lotId: Id, siteId: Id, state: z.enum(['open', 'closed']) };
const receptionExample = { receptionId: ID, lotId: ID, siteId: ID, state: 'open' as const };
export const ReceptionOpened = defineEvent('intake.reception', 'reception-opened', [], reception, receptionExample);
export const ReceptionClosed = defineEvent('intake.reception', 'reception-closed', [], reception, receptionExample);

/** Labels given to a site before use. */
export const LabelsIssued = defineEvent('intake.label-roll', 'labels-issued', [], {
  rollId: Id, siteId: Id, state: z.literal('issued'), count: Count, first: LabelCode, last: LabelCode,
}, { rollId: ID, siteId: ID, state: 'issued', count: 500, first: 'LC-0000-0011', last: 'LC-7K3M-9QAT' });
