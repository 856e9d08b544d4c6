import { Category, Id, Instant, refurbishment } from '@lacollecte/contracts';
import { z } from 'zod';
import { DRIVE_KINDS, normalSerial } from '../domain/drives.js';
import { ERASURE_METHODS } from '../domain/erasure.js';
import { BLOCK_REASONS, type BlockReason, REJECTION_REASONS } from '../domain/holds.js';

/** Nothing here may promise what a second-hand device is not. */
const PROMISE = /comme\s+neuf|état\s+neuf/i;
/** Free text, shown to no donor. */
export const text = (max: number) => z.string().trim().min(1).max(max).refine((value) => !PROMISE.test(value), { message: 'never "comme neuf" or "état neuf"' });
const note = text(500).nullable().default(null);
const serial = z.string().trim().min(1).max(200).transform(normalSerial);
/** Times of tools come in any zone and are kept in UTC. */
export const Time = Instant.transform((value) => new Date(value).toISOString());
const figure = z.number().min(0).max(10_000_000).nullable().default(null);

export const DiagnosisContent = z.object({
  hardware: z.object({ cpu: text(200).nullable().default(null), cpuMark: figure, ramGb: figure, benchmark: figure, storageGb: figure }).prefault({}),
  /** Every data-bearing drive found in it; sizes in decimal GB as sold. */
  drives: z
    .array(z.object({ serial: serial.nullable().default(null), kind: z.enum(DRIVE_KINDS), sizeGb: z.number().min(0).max(1_000_000), readable: z.boolean().default(true) }))
    .max(50)
    .default([]),
  maker: text(200).optional(),
  model: text(200).optional(),
  serial: text(200).optional(),
  imei: z.string().regex(/^\d{14,16}$/).optional(),
  assetTag: text(100).optional(),
  olderThanTenYears: z.boolean().nullable().default(null),
  /** SIM and memory cards taken out, and destroyed or given back. */
  cards: z.object({ sim: z.int().min(0).max(10), sd: z.int().min(0).max(10), outcome: z.enum(['destroyed', 'given-back']).nullable().default(null) }).nullable().default(null),
});
export const EvidenceContent = z
  .object({
    driveId: Id.optional(),
    serial: serial.nullable().default(null),
    tool: text(100),
    toolVersion: text(50),
    method: z.enum(ERASURE_METHODS),
    startedAt: Time,
    finishedAt: Time,
    verified: z.boolean(),
    accountUnlinked: z.boolean().default(false),
    result: z.enum(['passed', 'failed', 'aborted']),
  })
  .refine((evidence) => evidence.startedAt <= evidence.finishedAt, { path: ['finishedAt'], message: 'before startedAt' });
export const TestContent = z.object({
  results: z.record(z.string().max(40), z.object({ verdict: z.enum(['works', 'fails', 'not-applicable']), value: z.union([z.number(), text(200)]).optional() })),
});
export const GradeContent = z.object({ adjustments: z.record(z.string().max(40), z.number()).default({}) });
const named = { driveId: Id.optional(), serial: serial.optional() };
const oneOf = <T extends { driveId?: string | undefined; serial?: string | undefined }>(value: T): boolean => value.driveId !== undefined || value.serial !== undefined;
const unnamed = { path: ['serial'], message: 'name the drive by its id or serial' };

const step = <const Name extends string, Shape extends z.ZodRawShape>(name: Name, shape: Shape) => z.object({ step: z.literal(name), ...shape });
const because = { reason: text(200) };

/** One step with its content; the step's own guard is its precondition. */
export const StepInput = z.discriminatedUnion('step', [
  step('diagnose', DiagnosisContent.shape),
  step('erase', EvidenceContent.shape).refine((evidence) => evidence.startedAt <= evidence.finishedAt, { path: ['finishedAt'], message: 'before startedAt' }),
  step('declare-no-media', {}),
  step('install-drive', {
    serial, kind: z.enum(DRIVE_KINDS).exclude(['internal']), sizeGb: z.number().positive().max(1_000_000), origin: z.enum(['new', 'harvested']),
    purchaseReference: text(100).nullable().default(null),
  }),
  step('remove-drive', named).refine(oneOf, unnamed),
  step('destroy-drive', { ...named, how: text(200) }).refine(oneOf, unnamed),
  step('test', TestContent.shape),
  step('grade', GradeContent.shape),
  step('block', { reason: z.enum(Object.keys(BLOCK_REASONS) as [BlockReason, ...BlockReason[]]), note }),
  step('unblock', { note }),
  step('start-repair', { note }),
  step('finish-repair', { note }),
  step('reject', { reason: z.enum(REJECTION_REASONS), note }),
  step('undo-rejection', because),
  step('harvest', { parts: z.array(text(100)).min(1).max(50) }),
  step('recycle', {
    weightKg: z.number().positive().max(1000), destination: text(200), wasteCode: z.string().regex(/^\d{2} \d{2} \d{2}\*?$/), pallet: text(40),
  }),
  /** The reason is told to a structure that has it, the note to no one outside of the workshop. */
  step('recall', { reason: refurbishment.RecallReason, note }),
  step('return-to-donor', because),
  step('lose', because),
  step('find', { note }),
  step('undo', {}),
]);
export type StepInput = z.output<typeof StepInput>;

/** The first open check of each device, with what it needs. */
export const AdvanceContent = z.discriminatedUnion('check', [
  z.object({ check: z.literal('diagnosis'), ...DiagnosisContent.shape }),
  z.object({ check: z.literal('erasure'), evidence: EvidenceContent.optional(), noMedia: z.literal(true).optional() })
    .refine((content) => (content.evidence === undefined) !== (content.noMedia === undefined), { message: 'either evidence or noMedia' }),
  z.object({ check: z.literal('test'), ...TestContent.shape }),
  z.object({ check: z.literal('grade'), ...GradeContent.shape }),
]);
export type AdvanceContent = z.output<typeof AdvanceContent>;

export const EditContent = z
  .object({
    maker: text(200).nullable(), model: text(200).nullable(), serial: text(200).nullable(), imei: z.string().regex(/^\d{14,16}$/).nullable(),
    assetTag: text(100).nullable(), category: Category,
  })
  .partial();
