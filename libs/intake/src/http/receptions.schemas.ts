import { Category, Count, Id, LabelCode } from '@lacollecte/contracts';
import { PageQuery, pageOf, spec } from '@lacollecte/http';
import { z } from 'zod';
import { LotView } from './lots.schemas.js';

/** Operators, and programs at the dock (a conveyor, a handheld's server): each at the sites its account names. */
const DOCK = ['operator', 'service'] as const;
const text = z.string().trim().max(500);
const params = z.object({ receptionId: Id });
const STAFF = ['operator', 'coordinator', 'ops', 'admin', 'service'] as const;
const RollView = z.object({ id: Id, siteId: Id, labels: z.array(LabelCode) });
const AccessoryView = z.object({ siteId: Id, kind: z.string(), quantity: Count });

const ReceptionView = z.object({
  id: Id, version: z.int(), state: z.enum(['open', 'closed']), lotId: Id, siteId: Id, packages: z.array(z.object({ name: z.string(), ticked: z.boolean() })),
  openedAt: z.iso.datetime(), closedAt: z.iso.datetime().nullable(), signedBy: z.string().nullable().describe('The name under its summary'), received: Count, unexpected: Count, refused: Count,
});
const Scan = z.object({
  label: text.min(1), serial: text.nullish(), imei: text.nullish(), lineId: Id.nullish(), category: Category.nullish(), maker: text.nullish(), model: text.nullish(),
  aliases: z.array(text.min(1)).max(10).optional(), manufacturedYear: z.int().min(1970).max(2100).nullish(), occurredAt: z.iso.datetime({ offset: true }).nullish(),
});
const Received = z.object({
  deviceId: Id, label: LabelCode, matched: z.enum(['serial', 'choice', 'counted', 'unexpected']), lineId: Id.nullable(), category: Category, hint: z.enum(['in-another-lot', 'declined']).nullable(),
  /** The open lot that knows its serial. */
  hintLotId: Id.nullable(),
  note: z.enum(['over-ten-years']).nullable().describe('Taken, with a remark'),
});

export const issueLabelsSpec = spec({
  summary: 'Issue a roll of labels to a site; operators and service accounts to sites of their own', roles: ['operator', 'coordinator', 'admin', 'service'], body: z.object({ siteId: Id, count: z.int().min(1).max(1000) }),
  returns: RollView,
});
export const listRollsSpec = spec({
  summary: 'The rolls of labels that a site was given, the newest first', roles: STAFF, query: PageQuery.extend({ siteId: Id }),
  returns: pageOf(z.object({ id: Id, siteId: Id, issuedAt: z.iso.datetime(), count: Count, used: Count, first: LabelCode, last: LabelCode })),
});
export const getRollSpec = spec({ summary: 'The labels of a roll', roles: STAFF, params: z.object({ rollId: Id }), returns: RollView });
export const openReceptionSpec = spec({
  summary: 'Open a reception session, at a site of one’s own', roles: DOCK, params: z.object({ lotId: Id }), returns: ReceptionView,
  body: z.object({ siteId: Id, packages: z.array(text.min(1)).max(500).default([]) }),
});
export const listReceptionsSpec = spec({ summary: 'Sessions of a lot', roles: STAFF, params: z.object({ lotId: Id }), returns: z.array(ReceptionView) });
export const getReceptionSpec = spec({ summary: 'One session with its counts', roles: STAFF, params, returns: ReceptionView });
export const tickPackagesSpec = spec({ summary: 'Tick packages at the dock', roles: DOCK, params, status: 200, body: z.object({ names: z.array(text.min(1)).min(1).max(500) }), returns: ReceptionView });
export const scanDeviceSpec = spec({ summary: 'Scan one device in', roles: DOCK, params, body: Scan, returns: Received });
export const scanDevicesSpec = spec({
  summary: 'Scan a list in; each is answered by itself', roles: DOCK, params, status: 200, body: z.object({ scans: z.array(Scan).min(1).max(200) }),
  returns: z.object({
    results: z.array(
      z.discriminatedUnion('status', [
        z.object({ label: z.string(), status: z.literal('received'), device: Received }),
        z.object({ label: z.string(), status: z.literal('refused'), code: z.string(), params: z.record(z.string(), z.union([z.string(), z.number()])) }),
      ]),
    ),
  }),
});
export const refuseDeviceSpec = spec({
  summary: 'Refuse a device at the dock', roles: DOCK, params, returns: z.object({ id: Id, lineId: Id.nullable() }),
  body: z.object({ category: Category, serial: text.nullish(), imei: text.nullish(), maker: text.nullish(), model: text.nullish(), reason: z.enum(['dangerous', 'leased', 'not-the-donors', 'other']) }),
});
export const countAccessoriesSpec = spec({
  summary: 'Count accessories', roles: DOCK, params, body: z.object({ kind: text.min(1), quantity: z.int().min(1).max(10_000) }),
  returns: AccessoryView,
});
export const listAccessoriesSpec = spec({ summary: 'Accessories in stock, by site and kind', roles: STAFF, query: z.object({ siteId: Id.optional() }), returns: z.array(AccessoryView) });
export const closeReceptionSpec = spec({
  summary: 'Close a session', roles: DOCK, params, ifMatch: true, status: 200, returns: ReceptionView,
  body: z.object({ signedBy: text.min(1).nullable().default(null).describe('Who signs its summary') }).prefault({}),
});
export const endReceptionSpec = spec({
  summary: "End the lot's reception: what has not come is missing", roles: ['operator', 'coordinator', 'service'], params: z.object({ lotId: Id }), ifMatch: true, status: 200,
  returns: LotView,
});
