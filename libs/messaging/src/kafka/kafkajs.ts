import { Kafka, type KafkaMessage, type LogEntry, logLevel } from 'kafkajs';
import type { MessagingLog } from '../log.js';
import type { ReceivedRecord } from '../transport.js';
import { brokerSocket } from './broker-socket.js';

/** The only file that imports kafkajs, which is no longer maintained: whoever replaces it has this folder to change. */
export type { Admin, Consumer, EachBatchPayload, Kafka, LogEntry, Producer } from 'kafkajs';

export const RETRY = { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5 };
/** The broker answers at once where there is something to read; this long where there is not. */
export const FETCH_WAIT_MS = 500;

/**
 * `url`: `kafka://host:port,host:port`. What kafkajs says goes to the log, its errors as warnings: most are of a broker that is away.
 * `onLog` sees each entry first, and may throw.
 */
export function kafkaClient(url: string, log: MessagingLog, onLog: (entry: LogEntry) => void = () => undefined): Kafka {
  const logCreator = () => (entry: LogEntry): void => {
    onLog(entry);
    const { message, timestamp, logger, ...fields } = entry.log;
    if (entry.level <= logLevel.WARN) log.warn({ ...fields, kafkajs: entry.namespace }, message);
    else log.debug({ ...fields, kafkajs: entry.namespace }, message);
  };
  const brokers = url.replace(/^kafka:\/\//, '').replace(/\/.*$/, '').split(',');
  return new Kafka({ clientId: 'lacollecte', brokers, logLevel: logLevel.INFO, logCreator, retry: RETRY, connectionTimeout: 3_000, requestTimeout: 15_000, socketFactory: brokerSocket });
}

/** The client once it is connected. */
export async function connected<C extends { connect(): Promise<void> }>(client: C): Promise<C> {
  await client.connect();
  return client;
}

export function received(topic: string, partition: number, { offset, timestamp, key, headers: given = {}, value }: KafkaMessage): ReceivedRecord {
  const headers: Record<string, Buffer> = {};
  for (const name of Object.keys(given)) {
    const values = given[name];
    const last = Array.isArray(values) ? values.at(-1) : values;
    if (last !== undefined) headers[name] = typeof last === 'string' ? Buffer.from(last) : last;
  }
  return { topic, partition, offset: BigInt(offset), timestamp: new Date(Number(timestamp)), key, headers, value };
}
