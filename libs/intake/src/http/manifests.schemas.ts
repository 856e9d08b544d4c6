import { Category, Count, Id } from '@lacollecte/contracts';
import { PageQuery, pageOf, spec } from '@lacollecte/http';
import { z } from 'zod';
import { FIELDS } from '../manifest/fields.js';

const DONOR_SIDE = ['donor', 'coordinator', 'operator', 'service'] as const;
const READERS = [...DONOR_SIDE, 'ops', 'admin'] as const;
const lotParams = z.object({ lotId: Id });
const manifestParams = z.object({ manifestId: Id });

const Texts = z.object({ fr: z.string(), en: z.string() });
const text = z.string().nullable();
const SampleRow = z.object({
  line: z.int(), category: Category, maker: text, model: text, serial: text, imei: text, assetTag: text, quantity: Count, manufacturedYear: z.int().nullable(), condition: text,
  declaredValue: text, notes: text,
});
export const ManifestView = z.object({
  id: Id, version: z.int(), state: z.enum(['uploaded', 'reading', 'previewed', 'confirmed', 'imported', 'discarded', 'failed']), lotId: Id, donorId: Id,
  filename: z.string(), bytes: z.int(),
  /** From the left: the header as it stands, and what the column holds; null where it is not kept. */
  columns: z.array(z.object({ header: z.string(), field: z.enum(FIELDS).nullable() })),
  category: Category.nullable(), rows: Count, accepted: Count, refused: Count, devices: Count,
  /** Data rows read so far. */
  read: Count,
  /** Share of the reading, or of the import, that is done; null where no job is at work on it. */
  progress: z.number().min(0).max(1).nullable(),
  /** What the first ten accepted rows would become. */
  sample: z.array(SampleRow),
  submit: z.boolean(), problem: z.object({ code: z.string(), text: Texts }).nullable(), createdAt: z.iso.datetime(), decidedAt: z.iso.datetime().nullable(),
});
const RefusalView = z.object({
  line: z.int(), column: text, value: z.string(), code: z.string(), reason: Texts,
  /** The row's kept cells, by what their columns hold: to correct it as a line. */
  values: z.partialRecord(z.enum(FIELDS), z.string()),
});

export const uploadManifestSpec = spec({
  summary: "Send a donor's list (CSV or XLSX, 200 MB at most): a job reads it", roles: DONOR_SIDE, params: lotParams, upload: true, returns: ManifestView,
  query: z.object({ filename: z.string().trim().min(1).max(255).regex(/^[^\p{Cc}/\\]+$/u) }),
});
export const listManifestsSpec = spec({ summary: 'Lists sent for a lot', roles: READERS, params: lotParams, query: PageQuery, returns: pageOf(ManifestView) });
export const getManifestSpec = spec({ summary: 'A list: how far it is read, what its columns hold, what it would give', roles: READERS, params: manifestParams, returns: ManifestView });
export const listRefusalsSpec = spec({
  summary: 'Refused rows with line, column, value and reason', roles: READERS, params: manifestParams, query: PageQuery, returns: pageOf(RefusalView),
});
export const downloadRefusalsSpec = spec({ summary: 'Refused rows as CSV, to correct and send again', roles: READERS, params: manifestParams });
export const correctManifestSpec = spec({
  summary: 'Say what the columns hold, or one category for rows that name none: the file is read again', roles: DONOR_SIDE, params: manifestParams, ifMatch: true, returns: ManifestView,
  body: z.object({
    /** From the left; columns beyond the array are not kept. Null: by the headers. */
    fields: z.array(z.enum(FIELDS).nullable()).max(500).nullable().default(null),
    category: Category.nullable().default(null),
  }),
});
export const confirmManifestSpec = spec({
  summary: 'Accept what was shown: a job makes it lines of the lot', roles: DONOR_SIDE, params: manifestParams, ifMatch: true, status: 200, returns: ManifestView,
  body: z.object({ submit: z.boolean().default(false) }),
});
export const discardManifestSpec = spec({ summary: 'Give a list up', roles: DONOR_SIDE, params: manifestParams, ifMatch: true, status: 200, returns: ManifestView });
