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
  readonly traceparent: string | null;
  readonly data: string;
}

/** CloudEvents 1.0, binary mode: attributes in headers, JSON data as value. */
export function toRecord(row: OutboxRow): OutgoingRecord {
  const attributes: Record<string, string | null> = {
    ce_specversion: '1.0',
    ce_id: row.id,
    ce_source: `/${row.topic.split('.')[0]}`,
    ce_type: row.type,
    ce_subject: row.key,
    ce_time: row.occurred_at.toISOString(),
    ce_version: String(row.version),
    ce_sequence: String(row.n),
    ce_correlationid: row.correlation_id,
    ce_causationid: row.causation_id,
    traceparent: row.traceparent,
    'content-type': 'application/json',
  };
  const headers = Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== null);
  return {
    topic: row.topic,
    key: row.key,
    headers: Object.fromEntries(headers.map(([name, value]) => [name, Buffer.from(value)])),
    value: Buffer.from(row.data),
  };
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

/** Reads the CloudEvents headers; without id or key, (topic, partition, offset) is both. Never throws. */
export function decode(record: ReceivedRecord): Decoded {
  const header = (name: string): string | null => record.headers[name]?.toString() ?? null;
  const place = `${record.topic}/${record.partition}/${record.offset}`;
  const id = header('ce_id') ?? place;
  const key = record.key?.toString() ?? place;
  const type = header('ce_type');
  const fail = (fault: string): Decoded => ({ record, id, key, type, event: null, fault });
  if (type === null) return fail('no ce_type header');
  const version = Number(header('ce_version'));
  const n = Number(header('ce_sequence'));
  const occurredAt = new Date(header('ce_time') ?? Number.NaN);
  if (!Number.isInteger(version) || !Number.isInteger(n) || Number.isNaN(occurredAt.getTime())) return fail('ce_version, ce_sequence or ce_time missing or malformed');
  let data: unknown;
  try {
    data = JSON.parse(record.value?.toString() ?? '');
  } catch {
    return fail('the value is not JSON');
  }
  const event: ReceivedEvent = {
    id, type, topic: record.topic, key, version, n, occurredAt,
    correlationId: header('ce_correlationid'), causationId: header('ce_causationid'), traceparent: header('traceparent'), data,
  };
  return { record, id, key, type, event, fault: null };
}
