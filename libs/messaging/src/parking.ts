import { randomUUID } from 'node:crypto';
import { EVENTS } from '@lacollecte/contracts';
import { type Actor, isTransient, mayBeOwnFault, NO_CAUSE, type Pool, type Row, type Tx } from '@lacollecte/database';
import { applyEvents, type Handlers } from './apply.js';
import { type Decoded, decode, storable } from './cloud-event.js';

export interface ParkedKey {
  readonly topic: string;
  readonly key: string;
}

/** `applied` and `left` events of the key; `error` where one failed again (it and those behind it stay parked). */
export interface RedriveResult {
  readonly applied: number;
  readonly left: number;
  readonly error: string | null;
}

interface ParkedRow extends Row {
  position: string;
  id: string;
  topic: string;
  key: string;
  headers: Record<string, string>;
  value: Buffer | null;
}

function toDecoded(row: ParkedRow): Decoded {
  const headers = Object.fromEntries(Object.entries(row.headers).map(([name, value]) => [name, Buffer.from(value, 'base64')]));
  return decode({ topic: row.topic, partition: 0, offset: BigInt(row.position), timestamp: new Date(0), key: Buffer.from(row.key), headers, value: row.value });
}

/** The key's row is locked first: a consumer that meets the key waits for us, or we see what it held back. */
async function head(tx: Tx, { topic, key }: ParkedKey): Promise<ParkedRow | undefined> {
  const locked = await tx.one('select 1 from parked_key where topic = $1 and key = $2 for update', [topic, key]);
  if (!locked) return undefined;
  const first = await tx.one<ParkedRow>('select * from parked_event where topic = $1 and key = $2 order by position limit 1', [topic, key]);
  if (!first) await tx.execute('delete from parked_key where topic = $1 and key = $2', [topic, key]);
  return first;
}

async function audit(tx: Tx, action: string, row: ParkedRow, detail: object): Promise<void> {
  await tx.execute('insert into audit (id, actor, action, target, detail) values ($1, $2, $3, $4, $5)', [
    randomUUID(), tx.actor.subject, action, row.id, JSON.stringify({ topic: row.topic, key: row.key, ...detail }),
  ]);
}

/** What operations do with parked events. */
export class Parking {
  constructor(
    private readonly worker: Pool,
    private readonly handlers: Handlers,
  ) {}

  /** Applies the key's events again, one a transaction, in order, until none is left or one fails. */
  async redrive(actor: Actor, key: ParkedKey): Promise<RedriveResult> {
    for (let applied = 0; ; applied++) {
      let position: string | undefined;
      try {
        const more = await this.worker.transaction(actor, NO_CAUSE, async (tx) => {
          const row = await head(tx, key);
          if (!row) return false;
          position = row.position;
          await applyEvents(tx, [toDecoded(row)], this.handlers);
          await tx.execute('delete from parked_event where position = $1', [row.position]);
          await audit(tx, 'redrive', row, {});
          return true;
        });
        if (!more) return { applied, left: 0, error: null };
      } catch (error) {
        if (isTransient(error) && !mayBeOwnFault(error)) throw error;
        return { applied, ...(await this.#failedAgain(actor, key, position, error as Error)) };
      }
    }
  }

  async #failedAgain(actor: Actor, { topic, key }: ParkedKey, position: string | undefined, error: Error): Promise<{ left: number; error: string }> {
    return this.worker.transaction(actor, NO_CAUSE, async (tx) => {
      await tx.execute(`update parked_event set reason = coalesce(reason, 'handler'), error = $2 where position = $1`, [position, storable(error.message.slice(0, 4000))]);
      const row = await tx.one<{ n: number }>('select count(*)::int as n from parked_event where topic = $1 and key = $2', [topic, key]);
      return { left: row!.n, error: error.message };
    });
  }

  /** Gives up the first parked event of the key, with a reason; the next, held until now, counts as parked itself and waits to be redriven. */
  async discard(actor: Actor, key: ParkedKey, eventId: string, reason: string): Promise<boolean> {
    return this.worker.transaction(actor, NO_CAUSE, async (tx) => {
      const row = await head(tx, key);
      if (row?.id !== eventId) return false;
      await tx.execute('delete from parked_event where position = $1', [row.position]);
      await tx.execute('update inbox set discarded_at = now() where id = $1', [row.id]);
      await audit(tx, 'discard', row, { reason });
      const next = await head(tx, key);
      await tx.execute(`update parked_event set reason = 'held', error = 'the event before it was discarded' where position = $1 and reason is null`, [next?.position ?? null]);
      return true;
    });
  }

  /** At start: what an older version did not know is applied by the one that does. Gives the keys redriven. */
  async redriveKnown(actor: Actor): Promise<number> {
    const keys = await this.worker.transaction(actor, NO_CAUSE, (tx) =>
      tx.query<{ topic: string; key: string; type: string }>(`select topic, key, type from parked_event where reason = 'unknown-type' order by position`),
    );
    const known = keys.filter((row) => EVENTS.has(row.type));
    for (const row of known) await this.redrive(actor, row);
    return known.length;
  }
}
