import type { ReceivedEvent } from './envelope.js';
import type { OutgoingRecord, ReceivedRecord } from './transport.js';

/** A row of the outbox as the relay reads it. */
export interface OutboxRow {
  readonly position: string;
  readonly id: string;
  readonly topic: string;
  readonly key: string;
  readonly version: number;
  readonly n: number;
  readonly type: string;
  readonly occurred_at: Date;
  readonly correlation_id: string | null;
  readonly causation_id: string | null;
  /** Null in rows from before it was kept. */
  readonly actor?: string | null;
  readonly traceparent: string | null;
  readonly data: string;
}

/** Header values that recur: sources, types, small numbers, who acts. Encoding a dozen headers a record was a third of the relay's time. */
const recurring = new Map<string, Buffer>();
const MAX_RECURRING = 5_000;

function bytes(text: string): Buffer {
  let buffer = recurring.get(text);
  if (!buffer) {
    buffer = Buffer.from(text);
    if (recurring.size < MAX_RECURRING) recurring.set(text, buffer);
  }
  return buffer;
}

/** CloudEvents 1.0, binary mode: attributes in headers, JSON data as value. */
export function toRecord(row: OutboxRow): OutgoingRecord {
  const headers: Record<string, Buffer> = {
    ce_specversion: bytes('1.0'),
    ce_id: Buffer.from(row.id),
    ce_source: bytes(`/${row.topic.slice(0, row.topic.indexOf('.'))}`),
    ce_type: bytes(row.type),
    ce_subject: Buffer.from(row.key),
    ce_time: Buffer.from(row.occurred_at.toISOString()),
    ce_version: bytes(String(row.version)),
    ce_sequence: bytes(String(row.n)),
    'content-type': bytes('application/json'),
  };
  if (row.correlation_id !== null) headers.ce_correlationid = Buffer.from(row.correlation_id);
  if (row.actor != null) headers.ce_actor = bytes(row.actor);
  if (row.causation_id !== null) headers.ce_causationid = Buffer.from(row.causation_id);
  if (row.traceparent !== null) headers.traceparent = Buffer.from(row.traceparent);
  return { topic: row.topic, key: row.key, headers, value: Buffer.from(row.data) };
}

/** What could be read of a record. A record that is no event of ours still has an id and a key, so that it can be parked. */
export interface Decoded {
  readonly record: ReceivedRecord;
  readonly id: string;
  readonly key: string;
  readonly type: string | null;
  /** Null where the record is not an event; then `fault` says why. */
  readonly event: ReceivedEvent | null;
  readonly fault: string | null;
}

/** PostgreSQL holds every text but U+0000: what has one must be parked, and so be written down. */
export function storable(text: string): string {
  return text.replaceAll('\0', '\u{fffd}');
}

/** The largest `int` of PostgreSQL. */
const MAX_INT = 2 ** 31 - 1;

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= MAX_INT;
}

/** A time that every part of the system can write down: a year of four digits. */
function isTime(value: Date): boolean {
  const year = value.getUTCFullYear();
  return year >= 0 && year <= 9999;
}

/** Reads the CloudEvents headers; without id or key, (topic, partition, offset) is both. Never throws. */
export function decode(record: ReceivedRecord): Decoded {
  const header = (name: string): string | null => (record.headers[name] ? storable(record.headers[name].toString()) : null);
  const place = `${record.topic}/${record.partition}/${record.offset}`;
  const id = header('ce_id') ?? place;
  const key = record.key ? storable(record.key.toString()) : place;
  const type = header('ce_type');
  const fail = (fault: string): Decoded => ({ record, id, key, type, event: null, fault });
  if (type === null) return fail('no ce_type header');
  const version = Number(header('ce_version'));
  const n = Number(header('ce_sequence'));
  const occurredAt = new Date(header('ce_time') ?? Number.NaN);
  if (!isCount(version) || !isCount(n) || !isTime(occurredAt)) return fail('ce_version, ce_sequence or ce_time missing or malformed');
  let data: unknown;
  try {
    data = JSON.parse(record.value?.toString() ?? '');
  } catch {
    return fail('the value is not JSON');
  }
  const event: ReceivedEvent = {
    id, type, topic: record.topic, key, version, n, occurredAt,
    correlationId: header('ce_correlationid'), causationId: header('ce_causationid'), actor: header('ce_actor'),
    traceparent: header('traceparent'), data,
  };
  return { record, id, key, type, event, fault: null };
}
