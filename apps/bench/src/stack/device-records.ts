import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { labelOf, refurbishment } from '@lacollecte/contracts';
import { type OutgoingRecord, toRecord, type Transport } from '@lacollecte/messaging';

let labels = 0;

function nextLabel(): string {
  for (;;) {
    const label = labelOf(labels++);
    if (label !== null) return label;
  }
}

/** The event of a device that has become stock, each of another device. */
export function deviceReady(siteId = refurbishment.DeviceReady.example.siteId) {
  return { ...refurbishment.DeviceReady.example, deviceId: randomUUID(), siteId, label: nextLabel() };
}

/** As the relay sends them. */
export function deviceRecords(count: number, topic = 'refurbishment.device'): OutgoingRecord[] {
  return Array.from({ length: count }, () => {
    const data = deviceReady();
    return toRecord({
      position: '1', id: randomUUID(), topic, key: data.deviceId, version: 1, n: 0, type: refurbishment.DeviceReady.type, occurred_at: new Date(),
      correlation_id: data.lotId, causation_id: null, traceparent: null, data: JSON.stringify(data),
    });
  });
}

/** Sends until all are acknowledged, as the relay does. */
export async function sendAll(transport: Pick<Transport, 'send'>, records: readonly OutgoingRecord[]): Promise<void> {
  for (let waiting = records; waiting.length > 0; ) {
    const results = await transport.send(waiting.slice(0, 1_000));
    waiting = waiting.filter((_, i) => results[i]?.status !== 'acknowledged');
    if (results.some(({ status }) => status !== 'acknowledged')) await sleep(100);
  }
}
