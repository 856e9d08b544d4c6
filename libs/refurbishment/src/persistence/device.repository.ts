import { canonicalLabel, refurbishment } from '@lacollecte/contracts';
import { orStale, type Statement, type Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { type Device, type Happening, type Outcome, waitingOf } from '../domain/device.js';
import { equal } from '../domain/equal.js';
import { changeable, DEVICE_COLUMNS, type DeviceRow, toDevice, UPDATE_COLUMNS } from './device-row.js';
import { syncDriveSerials, syncIdentifiers } from './identifiers.js';

const ONE_BY_LABEL = `select ${DEVICE_COLUMNS} from device where label = $1 for update`;
const BY_LABEL = `select ${DEVICE_COLUMNS} from device where label = any($1) order by id for update`;
const BY_ID = `select ${DEVICE_COLUMNS} from device where id = any($1) order by id for update`;

/** One by itself, because PostgreSQL plans a list anew each time it sees one, which took a fifth of its time for a scan. */
function byLabels(labels: readonly string[]): Statement {
  return labels.length === 1 ? { text: ONE_BY_LABEL, values: labels } : { text: BY_LABEL, values: [labels] };
}

/** What a scan begins with, to be sent ahead where everything scanned is a label. */
export function scanning(scanned: readonly string[]): Statement | undefined {
  const labels = scanned.map(canonicalLabel);
  return labels.includes(null) ? undefined : byLabels(labels as string[]);
}

/** Locked in the order of their ids, so that two lists never wait for each other in a circle. */
export async function lockByLabels(tx: Tx, labels: readonly string[]): Promise<Device[]> {
  const { text, values } = byLabels(labels);
  return (await tx.query<DeviceRow>(text, values)).map(toDevice);
}

/** What a change of one device begins with, to be sent ahead. */
export const lockingDevice = (id: string): Statement => ({ text: BY_ID, values: [[id]] });

export async function lockByIds(tx: Tx, ids: readonly string[]): Promise<Device[]> {
  return (await tx.query<DeviceRow>(BY_ID, [ids])).map(toDevice);
}

export async function lockById(tx: Tx, id: string): Promise<Device | undefined> {
  return (await lockByIds(tx, [id]))[0];
}

const N = UPDATE_COLUMNS.length;
/** Guarded change and its line of history. */
const SAVE = orStale(`
  with changed as (
    update device set version = version + 1, waiting_since = $${N + 5}, ${UPDATE_COLUMNS.map((column, i) => `${column} = $${i + 1}`).join(', ')}
    where id = $${N + 1} and version = $${N + 2} returning id, version, site_id
  ), noted as (
    insert into step (device_id, version, step, by, site_id, at, occurred_at, payload, before)
    select id, version, $${N + 3}, $${N + 4}, site_id, $${N + 5}::timestamptz, $${N + 6}, $${N + 7}, $${N + 8} from changed
  )`);

/** Who does what, as the history keeps it. */
export interface StepRecord {
  readonly step: string;
  readonly payload: object;
  /** By the clock of the device that scanned, if it said. */
  readonly occurredAt?: string | null | undefined;
}

/** The parts that differ, as they were before. */
export function changedParts(before: Device, after: Device): Partial<Device> {
  return Object.fromEntries(Object.entries(before).filter(([name, value]) => !equal(value, after[name as keyof Device])));
}

const IDENTITY = ['serial', 'imei', 'assetTag'] as const;

/**
 * Writes the next state over `before` with its line of history and announces what happened.
 * Where the row is no longer at the version of `before`, the transaction fails with `stale-version`.
 * @returns the device at its new version
 */
export async function save(tx: Tx, before: Device, outcome: Outcome, done: StepRecord): Promise<Device> {
  const { device, events } = outcome;
  tx.change(SAVE, [
    ...changeable(device), before.id, before.version, done.step, tx.actor.subject, tx.now, done.occurredAt ?? null,
    JSON.stringify(done.payload), JSON.stringify(changedParts(before, device)),
  ]);
  const saved = { ...device, version: before.version + 1 };
  if (IDENTITY.some((name) => saved[name] !== before[name])) await syncIdentifiers(tx, saved);
  if (!equal(serialsOf(saved), serialsOf(before))) await syncDriveSerials(tx, saved);
  announce(tx, saved, events);
  return saved;
}

function serialsOf(device: Device): readonly (string | null)[] {
  return device.drives.map((drive) => drive.serial);
}

/** Events carry the device's place, its new state and what it waits for beside what they say themselves; they belong to its lot's story. */
export function announce(tx: Tx, device: Device, events: readonly Happening[]): void {
  const { id, lotId, siteId, donorId, state, version } = device;
  const whole = { deviceId: id, lotId, siteId, state, donorId, ...waitingOf(device) };
  const told = tx.cause.correlationId === null ? tx.because({ ...tx.cause, correlationId: lotId }) : tx;
  for (const { event, ...data } of events) {
    // `append` checks the data against the event's schema.
    append(told, refurbishment[event], { key: id, version }, { ...whole, ...data } as never);
  }
}
