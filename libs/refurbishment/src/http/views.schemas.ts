import { Category, Grade, refurbishment } from '@lacollecte/contracts';
import { z } from 'zod';
import { CHECKS } from '../domain/device.js';
import { DRIVE_KINDS } from '../domain/drives.js';
import { ERASURE_METHODS } from '../domain/erasure.js';

const Time = z.iso.datetime();
const Checks = z.object({ diagnosis: z.boolean(), erasure: z.boolean(), test: z.boolean(), grade: z.boolean() });
const CheckName = z.enum(CHECKS);

/** A device as a list or a scan shows it. */
export const DeviceView = z.object({
  id: z.uuid(), version: z.int(), state: refurbishment.DeviceState, label: z.string(), category: Category, maker: z.string().nullable(), model: z.string().nullable(),
  lotId: z.uuid(), siteId: z.uuid(),
  /** Done or open. */
  checks: Checks,
  /** The first open check, where it is on a bench. */
  next: CheckName.nullable(),
  grade: Grade.nullable(),
});
export const ListedDeviceView = DeviceView.extend({ waitingSince: Time, blockReason: z.string().nullable(), blockUntil: Time.nullable() });

export const DriveView = z.object({
  id: z.uuid(), serial: z.string().nullable(), kind: z.enum(DRIVE_KINDS), sizeGb: z.number(), readable: z.boolean(),
  origin: z.enum(['original', 'new', 'harvested']), purchaseReference: z.string().nullable(), present: z.boolean(),
  status: z.enum(['pending', 'clean', 'erased', 'destroyed']), evidenceId: z.uuid().nullable(), erasedAt: Time.nullable(), settledAt: Time.nullable(),
});
export const EvidenceView = z.object({
  id: z.uuid(), state: z.enum(['waiting', 'matched', 'contested']), reason: z.string().nullable(), serial: z.string().nullable(), label: z.string().nullable(),
  deviceId: z.uuid().nullable(), driveId: z.uuid().nullable(), tool: z.string(), toolVersion: z.string(), method: z.enum(ERASURE_METHODS),
  startedAt: Time, finishedAt: Time, verified: z.boolean(), accountUnlinked: z.boolean(), result: z.enum(['passed', 'failed', 'aborted']), by: z.string(), recordedAt: Time,
});
export const StepView = z.object({
  step: z.string(), by: z.string(), siteId: z.uuid(), at: Time, occurredAt: Time.nullable(), version: z.int(), payload: z.unknown(), undoneAt: Time.nullable(),
});

/** All that is known of one device. */
export const SheetView = DeviceView.extend({
  donorId: z.uuid(), earmark: z.string().nullable(), serial: z.string().nullable(), imei: z.string().nullable(), assetTag: z.string().nullable(), aliases: z.array(z.string()),
  hardware: z.object({ cpu: z.string().nullable(), cpuMark: z.number().nullable(), ramGb: z.number().nullable(), benchmark: z.number().nullable(), storageGb: z.number().nullable() }).nullable(),
  drives: z.array(DriveView), noMediaAt: Time.nullable(), simCards: z.int(), sdCards: z.int(),
  testResults: z.record(z.string(), z.object({ verdict: z.string(), value: z.union([z.number(), z.string()]).optional() })).nullable(),
  grading: z.object({ grade: Grade, ruleSet: z.string(), total: z.number(), cappedAt: Grade.nullable(), adjustments: z.record(z.string(), z.number()) }).nullable(),
  block: z.object({ reason: z.string(), note: z.string().nullable(), onDonor: z.boolean() }).nullable(), blockUntil: Time.nullable(),
  ending: z.object({ reason: z.string().nullable(), detail: z.record(z.string(), z.unknown()) }).nullable(),
  /** Steps that its state allows; each has guards of its own. */
  steps: z.array(z.string()),
  evidence: z.array(EvidenceView),
  /** The newest 100, newest first. */
  history: z.array(StepView),
});

export const StepAnswer = DeviceView.extend({
  outcome: z.enum(['done', 'repeated', 'review']),
  /** Kept in the review queue: its serial is none of this device's drives. */
  evidenceId: z.uuid().nullable(),
});
export const ProblemView = z.object({
  code: z.string(), title: z.object({ fr: z.string(), en: z.string() }), params: z.record(z.string(), z.union([z.string(), z.number()])),
  errors: z.array(z.object({ pointer: z.string(), code: z.string() })),
});
/** One answer for each of what was sent, in the same order. */
export const BulkAnswer = z.object({
  done: z.int(), repeated: z.int(), review: z.int(), refused: z.int(),
  items: z.array(
    z.object({
      label: z.string(), outcome: z.enum(['done', 'repeated', 'review', 'refused']), device: DeviceView.nullable(), evidenceId: z.uuid().nullable(), problem: ProblemView.nullable(),
      /** What it became where it was refused late. */
      taskId: z.uuid().nullable(),
    }),
  ),
});

/** What a donor sees of a device it gave. */
export const OwnDeviceView = z.object({
  id: z.uuid(), lotId: z.uuid(), label: z.string(), state: refurbishment.DeviceState, category: Category, maker: z.string().nullable(), model: z.string().nullable(),
  serial: z.string().nullable(), dataErased: z.boolean(), since: Time,
  /** What we wait for from the donor. */
  task: z.object({ reason: z.string(), until: Time }).nullable(),
});
