import { Category, Grade, Instant, refurbishment } from '@lacollecte/contracts';
import { PageQuery, pageOf, spec } from '@lacollecte/http';
import { z } from 'zod';
import { CHECKS } from '../domain/device.js';
import { AdvanceContent, EditContent, StepInput, text } from './steps.schemas.js';
import { BulkAnswer, ListedDeviceView, OwnDeviceView, SheetView, StepAnswer } from './views.schemas.js';

const STAFF = ['operator', 'coordinator', 'ops', 'admin', 'service'] as const;
/** Who handles devices; operators at their own sites only. */
const BENCH = ['operator', 'coordinator', 'admin'] as const;
const byIdentifier = z.object({ identifier: z.string().min(1).max(200) });
const byDevice = z.object({ deviceId: z.uuid() });
const occurredAt = Instant.nullable().default(null);

export const listDevicesSpec = spec({
  summary: 'Devices, in the order they came', roles: STAFF,
  query: PageQuery.extend({
    siteId: z.uuid().optional(), lotId: z.uuid().optional(), state: refurbishment.DeviceState.optional(), category: Category.optional(),
    bench: z.enum(CHECKS).optional(), grade: Grade.optional(),
    search: z.string().trim().min(1).max(200).optional().describe('What its label begins with, a part of its maker and model, or its serial, IMEI, asset tag or alias'),
  }),
  returns: pageOf(ListedDeviceView),
});
export const benchSpec = spec({
  summary: 'What waits at a bench of a site, the longest first', roles: STAFF,
  params: z.object({ siteId: z.uuid(), bench: z.enum(CHECKS) }), query: PageQuery, returns: pageOf(ListedDeviceView),
});
export const countsSpec = spec({
  summary: 'How many devices are in each state and at each bench, with their age', roles: STAFF,
  query: z.object({ siteId: z.uuid().optional() }),
  returns: z.object({
    states: z.array(z.object({ siteId: z.uuid(), state: z.string(), devices: z.int() })),
    benches: z.array(z.object({ siteId: z.uuid(), bench: z.string(), devices: z.int(), oldest: z.iso.datetime(), day: z.int(), week: z.int(), longer: z.int() })),
    evidenceWaiting: z.int(),
  }),
});
export const sheetSpec = spec({ summary: 'A device by its id, label, serial, IMEI, asset tag or alias', roles: STAFF, params: byIdentifier, returns: SheetView });
export const editSpec = spec({ summary: 'Correct what the sheet says of a device', roles: BENCH, ifMatch: true, params: byDevice, body: EditContent, returns: SheetView });

export const stepSpec = spec({
  summary: 'Do one step of a device; the step itself is the precondition', roles: BENCH, status: 200, params: byIdentifier,
  body: z.object({ occurredAt }).and(StepInput), returns: StepAnswer,
});
/** One scan of a list; a wrong one is refused by itself. */
export const ScanItem = z.object({ label: z.string().min(1).max(200), occurredAt }).and(StepInput);
export const scansSpec = spec({
  summary: 'Do steps of several devices in the order they were scanned, each answered on its own', roles: BENCH, status: 200,
  body: z.object({
    scans: z.array(z.union([ScanItem, z.looseObject({ label: z.string().max(200) })])).min(1).max(200),
    /** For scans that come late, having waited for a network: what is refused becomes a task of this site. */
    taskSiteId: z.uuid().nullable().default(null),
  }),
  returns: BulkAnswer,
});
export const advancesSpec = spec({
  summary: 'Do the first open check of several devices with the same content, each answered on its own', roles: BENCH, status: 200,
  body: z.object({ labels: z.array(z.string().min(1).max(200)).min(1).max(200), occurredAt, content: AdvanceContent }), returns: BulkAnswer,
});

export const ownDevicesSpec = spec({
  summary: 'What became of the devices that one gave', roles: ['donor'],
  query: PageQuery.extend({ lotId: z.uuid().optional(), tasks: z.stringbool().optional() }), returns: pageOf(OwnDeviceView),
});
export const ownDeviceSpec = spec({ summary: 'One device that one gave', roles: ['donor'], params: byDevice, returns: OwnDeviceView });
export const answerSpec = spec({
  summary: 'Answer what a device waits for: it goes on', roles: ['donor'], status: 200, params: byDevice, body: z.object({ answer: text(500) }), returns: OwnDeviceView,
});
