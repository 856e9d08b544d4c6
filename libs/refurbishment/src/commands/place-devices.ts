import type { Tx } from '@lacollecte/database';
import type { Device, Outcome } from '../domain/device.js';
import { cameBack, delivered, lostOnTheWay } from '../domain/facts.js';
import { lockByIds, save } from '../persistence/device.repository.js';

/** A fact of another service, and when it happened there. */
interface Fact {
  readonly name: 'delivered' | 'lost-on-the-way' | 'came-back';
  readonly deviceIds: readonly string[];
  readonly siteId: string;
  readonly occurredAt: Date;
  /** Where stock sent it back: the newest erasure of the readiness that this ended. */
  readonly evidenceAt?: string | undefined;
}

const APPLY: Readonly<Record<Fact['name'], (device: Device, fact: { siteId: string; occurredAt: string; evidenceAt: string | undefined }, at: string) => Outcome | null>> = {
  delivered: (device, { occurredAt }, at) => delivered(device, occurredAt, at),
  'lost-on-the-way': (device, { occurredAt }, at) => lostOnTheWay(device, occurredAt, at),
  'came-back': cameBack,
};

/** Where devices are now, as others say. What changes nothing is recorded by the inbox alone. */
export async function placeDevices(tx: Tx, fact: Fact): Promise<void> {
  const occurredAt = fact.occurredAt.toISOString();
  for (const device of await lockByIds(tx, fact.deviceIds)) {
    const outcome = APPLY[fact.name](device, { siteId: fact.siteId, occurredAt, evidenceAt: fact.evidenceAt }, tx.now.toISOString());
    if (outcome) await save(tx, device, outcome, { step: fact.name, payload: { eventId: tx.cause.causationId }, occurredAt });
  }
}
