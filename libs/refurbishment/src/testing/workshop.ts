import { randomUUID } from 'node:crypto';
import { type EventData, type intake, LABEL_NUMBERS, labelOf } from '@lacollecte/contracts';
import { type Actor, NO_CAUSE, type Tx } from '@lacollecte/database';
import type { EventContext, ReceivedEvent } from '@lacollecte/messaging';
import { PLATFORM_MIGRATIONS } from '@lacollecte/runtime';
import { actor, createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { type Answer, takeStep, takeSteps } from '../commands/take-steps.js';
import { RefurbishmentConsumer } from '../events/refurbishment.consumer.js';
import { StepInput } from '../http/steps.schemas.js';
import { refurbishmentService } from '../refurbishment.service.js';
import { results } from './given.js';

export const SITE = randomUUID();
export const operator: Actor = actor('operator', { siteIds: [SITE] });
export const coordinator: Actor = actor('coordinator');

export function workshop(): Promise<TestDatabase> {
  return createTestDatabase('refurbishment', [...PLATFORM_MIGRATIONS, ...refurbishmentService.migrations]);
}

let issued = Math.floor(Math.random() * (LABEL_NUMBERS / 2));
/** A label of its own. */
export function newLabel(): string {
  return labelOf(issued++) ?? newLabel();
}

type Received = EventData<typeof intake.DeviceReceived>;
export function reception(more: Partial<Received> = {}): Received {
  return {
    deviceId: randomUUID(), state: 'received', lotId: randomUUID(), lineId: null, donorId: randomUUID(), siteId: SITE, label: newLabel(), category: 'laptop',
    maker: 'Dell', model: 'Latitude 5490', serial: null, imei: null, aliases: [], earmark: null, matched: 'counted', recycleForAge: false, ...more,
  };
}

export const consumer = new RefurbishmentConsumer();

/** An event as the consumer hands it to a handler. */
export function context(tx: Tx, data: readonly unknown[], occurredAt = new Date()): EventContext {
  const each = data.map((one) => {
    const event: ReceivedEvent = {
      id: randomUUID(), type: '', topic: '', key: '', version: 1, n: 0, occurredAt, correlationId: null, causationId: null, actor: null, traceparent: null, data: one,
    };
    return { event, tx: tx.because({ ...NO_CAUSE, causationId: event.id }) };
  });
  return { ...each[0]!, each };
}

export async function receive(db: TestDatabase, ...devices: Received[]): Promise<void> {
  await db.worker((tx) => consumer.deviceReceived(devices, context(tx, devices)));
}

export function step(db: TestDatabase, label: string, input: object, who: Actor = operator): Promise<Exclude<Answer, { outcome: 'refused' }>> {
  const parsed = StepInput.parse(input);
  return db.as(who, (tx) => takeStep(tx, { label, input: parsed }));
}

export function steps(db: TestDatabase, scans: readonly { label: string; input: object }[], who: Actor = operator): Promise<Answer[]> {
  const parsed = scans.map(({ label, input }) => ({ label, input: StepInput.parse(input) }));
  return db.as(who, (tx) => takeSteps(tx, parsed));
}

export const diagnose = (serial: string | null = 'NVME-1', more: object = {}) => ({
  step: 'diagnose', hardware: { cpuMark: 6100, ramGb: 8 }, drives: serial === null ? [] : [{ serial, kind: 'nvme', sizeGb: 256 }], ...more,
});
export const erase = (serial: string | null = 'NVME-1', more: object = {}) => ({
  step: 'erase', serial, tool: 'nvme-cli', toolVersion: '2.9', method: 'sanitize', startedAt: new Date(Date.now() + 1000).toISOString(), finishedAt: new Date(Date.now() + 2000).toISOString(),
  verified: true, result: 'passed', ...more,
});
export const runTest = (failing: readonly string[] = []) => ({ step: 'test', results: results('laptop', failing) });
export const grade = (adjustments: object = {}) => ({ step: 'grade', adjustments });

/** A laptop that went through all four benches. */
export async function readyDevice(db: TestDatabase, more: Partial<Received> = {}): Promise<Received & { driveSerial: string }> {
  const received = reception(more);
  const driveSerial = randomUUID().toUpperCase();
  await receive(db, received);
  for (const input of [diagnose(driveSerial), erase(driveSerial), runTest(), grade()]) await step(db, received.label, input);
  return { ...received, driveSerial };
}

export interface DeviceRecord {
  id: string; version: number; state: string; site_id: string; erased: boolean; bench: string | null; block_until: Date | null; drives: { serial: string; status: string }[];
}
export async function deviceRow(db: TestDatabase, id: string): Promise<DeviceRecord> {
  const [row] = await db.sql<DeviceRecord>('select * from device where id = $1', [id]);
  if (!row) throw new Error(`no device ${id}`);
  return row;
}

/** Names of a device's events, in order: `device-arrived`. */
export async function announced(db: TestDatabase, id: string): Promise<string[]> {
  return (await db.sql<{ name: string }>(`select split_part(type, '.', 4) as name from outbox where key = $1 order by position`, [id])).map(({ name }) => name);
}

/** Every rule of the service holds, and each row is at the version and state of its newest event. */
export async function expectConsistent(db: TestDatabase): Promise<void> {
  for (const { name, violations } of refurbishmentService.invariants) {
    const rows = await db.sql(violations);
    if (rows.length > 0) throw new Error(`${name}: ${JSON.stringify(rows)}`);
  }
  const differing = await db.sql(
    `select d.id, d.version, d.state, o.version as told_version, o.data from device d left join lateral
       (select version, data from outbox where key = d.id::text order by version desc, n desc limit 1) o on true
     where o.version is distinct from d.version or o.data::jsonb ->> 'state' is distinct from d.state`,
  );
  if (differing.length > 0) throw new Error(`rows differ from their newest events: ${JSON.stringify(differing)}`);
}
