import { intake } from '@lacollecte/contracts';
import { NO_CAUSE, Pool, SYSTEM } from '@lacollecte/database';
import { append, relayEvents, type SendResult } from '@lacollecte/messaging';
import pg from 'pg';
import { type Figure, inTurns, perSecond } from './figure.js';
import { silent } from './silent.js';
import type { Server } from './server.js';

const ROWS = 20_000;
const BATCH = 500;
const LOT = '0192f3a0-0000-7000-8000-000000000001';

/** Publishing to nowhere (read, encode, mark) against reading the same rows in the same order and batches. */
export async function benchRelay(server: Server): Promise<Figure> {
  const urls = await server.database('intake', 'bench_relay', []);
  const pool = await Pool.open(urls.worker, { max: 1, name: 'bench' });
  const client = new pg.Client({ connectionString: urls.owner });
  await client.connect();
  for (let first = 1; first <= ROWS; first += 1000) {
    await pool.transaction(SYSTEM, NO_CAUSE, async (tx) => {
      for (let version = first; version < first + 1000; version++) append(tx, intake.LotChanged, { key: LOT, version }, { ...intake.LotChanged.example, siteId: null });
    });
  }
  const sink = { send: async (records: readonly unknown[]): Promise<SendResult[]> => records.map(() => ({ status: 'acknowledged', partition: 0 })) };
  const publish = async (): Promise<void> => {
    while ((await relayEvents(client, sink, silent)) > 0);
  };
  const read = async (): Promise<void> => {
    for (let position = '0'; ; ) {
      const { rows } = await client.query<{ position: string }>({ name: 'read', text: 'select * from outbox where position > $1 order by position limit $2', values: [position, BATCH] });
      if (rows.length === 0) return;
      position = rows.at(-1)!.position;
    }
  };
  const prepare = async (): Promise<void> => {
    await client.query('insert into outbox_pending (position) select position from outbox on conflict do nothing');
    await client.query('vacuum analyze outbox_pending');
  };
  const ms = await inTurns(3, { prepare, work: publish }, { work: read });
  await client.end();
  await pool.close();
  return {
    name: 'relay', measured: 'the relay with a null sink', against: 'an ordered read of the same rows', ratio: ms.baseline / ms.ours, aim: 0.25,
    detail: `${perSecond(ROWS, ms.ours)} published and marked; ${perSecond(ROWS, ms.baseline)} read`,
  };
}
