import { z } from 'zod';
import { defineEvent, type ServiceName } from './event.js';
import { Category, Earmark, Grade, Id, Instant, LabelCode, StockGrade } from './values.js';

const ID = '0192f3a0-0000-7000-8000-000000000001';
export const DEVICE_STATES = [
  'received', 'in-workshop', 'repairing', 'blocked', 'rejected', 'harvested', 'ready', 'recalled', 'delivered', 'recycled', 'returned-to-donor', 'lost',
] as const;
export const DeviceState = z.enum(DEVICE_STATES);
export type DeviceState = z.infer<typeof DeviceState>;
/**
 * What may follow what; staying where it is always may. `ready` follows a hold where the last open check was done meanwhile;
 * `recalled` from the workshop answers the fact that a device was delivered which was not ready.
 */
export const DEVICE_TRANSITIONS: Readonly<Record<DeviceState, readonly DeviceState[]>> = {
  received: ['in-workshop', 'repairing', 'blocked', 'rejected', 'returned-to-donor', 'lost', 'recalled'],
  'in-workshop': ['received', 'repairing', 'blocked', 'rejected', 'ready', 'returned-to-donor', 'lost', 'recalled'],
  repairing: ['received', 'in-workshop', 'blocked', 'rejected', 'returned-to-donor', 'lost', 'recalled'],
  blocked: ['received', 'in-workshop', 'repairing', 'rejected', 'ready', 'returned-to-donor', 'lost', 'recalled'],
  rejected: ['received', 'in-workshop', 'repairing', 'blocked', 'ready', 'harvested', 'recycled', 'returned-to-donor', 'lost', 'recalled'],
  harvested: ['rejected', 'recycled', 'lost', 'recalled'],
  ready: ['received', 'recalled', 'delivered', 'lost'],
  recalled: ['received', 'lost'],
  delivered: ['received', 'recalled', 'lost'],
  recycled: ['received', 'recalled'],
  'returned-to-donor': ['received', 'recalled'],
  lost: ['received', 'delivered', 'recalled'],
};

/** What a device in the workshop waits for: the first open check of its bench, or what blocks it. */
export const WAITS_FOR = ['diagnosis', 'erasure', 'test', 'grade', 'account-lock', 'enrolment', 'bios-password', 'donor-answer', 'part-awaited'] as const;
const base = {
  deviceId: Id, lotId: Id, siteId: Id, state: DeviceState, donorId: Id.optional(),
  waitsFor: z.enum(WAITS_FOR).nullable().optional(),
  /** When waiting for its donor ends. */
  dueAt: Instant.nullable().optional(),
};
const baseExample = { deviceId: ID, lotId: ID, siteId: ID, state: 'in-workshop' as const, donorId: ID, waitsFor: 'erasure' as const, dueAt: null };
const deviceEvent = (name: string, consumers: readonly ServiceName[] = []) =>
  defineEvent('refurbishment.device', name, consumers, base, baseExample);

/** All four checks are done: it becomes stock. `evidenceAt` is its newest erasure (or declaration that it holds no medium). */
export const DeviceReady = defineEvent('refurbishment.device', 'device-ready', ['inventory', 'dispatch'], {
  ...base, donorId: Id, label: LabelCode, category: Category, grade: StockGrade, earmark: Earmark, evidenceAt: Instant,
}, { ...baseExample, state: 'ready', waitsFor: null, donorId: ID, label: 'LC-7K3M-9QAT', category: 'laptop', grade: 'A', earmark: null, evidenceAt: '2026-11-02T10:00:00.000Z' });

/** Why a device must come back, as the structure that has it is told. */
export const RECALL_REASONS = ['erasure-failed', 'erasure-contested', 'unfinished', 'faulty', 'unsafe', 'not-to-be-given', 'other'] as const;
export const RecallReason = z.enum(RECALL_REASONS);
export type RecallReason = z.infer<typeof RecallReason>;
export const RECALL_TEXTS: Readonly<Record<RecallReason, { readonly fr: string; readonly en: string }>> = {
  'erasure-failed': { fr: "L'effacement de ses données a échoué.", en: 'The erasure of its data failed.' },
  'erasure-contested': { fr: "L'effacement de ses données est remis en cause.", en: 'The erasure of its data is in doubt.' },
  unfinished: { fr: 'Il est parti avant la fin de ses contrôles.', en: 'It left before its checks were done.' },
  faulty: { fr: 'Un défaut a été découvert après ses contrôles.', en: 'A fault was found after its checks.' },
  unsafe: { fr: "Il peut être dangereux : éteignez-le et ne le rechargez plus.", en: 'It may be dangerous: switch it off and do not charge it any more.' },
  'not-to-be-given': { fr: "Il n'aurait pas dû être donné.", en: 'It should not have been given.' },
  other: { fr: "Il doit revenir à l'atelier.", en: 'It must come back to the workshop.' },
};

/**
 * It must come back wherever it is: stock releases it, dispatch pulls it or asks for its return. What a person wrote of it stays
 * with the workshop.
 */
export const DeviceRecalled = defineEvent('refurbishment.device', 'device-recalled', ['inventory', 'dispatch'], {
  ...base, code: RecallReason.default('other'), recalledAt: Instant,
  /** As `code`; a text in events from before there were codes: shown to nobody. */
  reason: z.string().max(200),
}, { ...baseExample, state: 'recalled', waitsFor: null, code: 'erasure-contested', reason: 'erasure-contested', recalledAt: '2026-11-02T10:00:00.000Z' });

/** Ends that intake needs to close the lot. */
export const DeviceRecycled = defineEvent('refurbishment.device', 'device-recycled', ['intake'], {
  ...base, weightKg: z.number().positive(), destination: z.string().max(200), wasteCode: z.string().max(20), pallet: z.string().max(40),
}, { ...baseExample, state: 'recycled', waitsFor: null, weightKg: 2, destination: 'Ecosystem Gonesse', wasteCode: '16 02 14', pallet: 'P-12' });
export const DeviceDelivered = deviceEvent('device-delivered', ['intake']);
export const DeviceReturnedToDonor = deviceEvent('device-returned-to-donor', ['intake']);
export const DeviceLost = deviceEvent('device-lost', ['intake']);
/** It came back after it had ended, or was found: every check is open again. */
export const DeviceCameBack = deviceEvent('device-came-back', ['intake']);

// The workshop's own steps.
export const DeviceArrived = deviceEvent('device-arrived');
/** Its sheet was corrected: maker, model, category, identifiers. */
export const DeviceEdited = deviceEvent('device-edited');
export const DeviceDiagnosed = deviceEvent('device-diagnosed');
/** One drive: erased, failed, destroyed, put in or taken out. Key: device. */
export const DriveEvidenceRecorded = defineEvent('refurbishment.device', 'drive-evidence-recorded', [], {
  ...base, driveId: Id, outcome: z.enum(['erased', 'failed', 'destroyed', 'installed', 'removed', 'contested']),
}, { ...baseExample, driveId: ID, outcome: 'erased' });
export const MediaDeclaredAbsent = deviceEvent('media-declared-absent');
export const DeviceTested = deviceEvent('device-tested');
export const DeviceGraded = defineEvent('refurbishment.device', 'device-graded', [], { ...base, grade: Grade, ruleSet: z.string().max(100) }, { ...baseExample, grade: 'B', ruleSet: 'pc-2026' });
export const DeviceBlocked = deviceEvent('device-blocked');
export const DeviceUnblocked = deviceEvent('device-unblocked');
export const RepairStarted = deviceEvent('repair-started');
export const RepairFinished = deviceEvent('repair-finished');
export const DeviceRejected = deviceEvent('device-rejected');
export const RejectionUndone = deviceEvent('rejection-undone');
export const DeviceHarvested = deviceEvent('device-harvested');
export const StepUndone = deviceEvent('step-undone');
