import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { DECIDERS } from '../round.js';
import { type Fault, type Ground, now, struck } from './fault.js';
import type { Verdict, Way } from './tcp-proxy.js';

const CUTS = 12;
const CUT_MS = 30_000;
/** In a request: in full where it is prepared, else by the name under which it was. In an answer: that it has been done. */
const [COMMIT, PREPARED] = [Buffer.from('COMMIT\0'), Buffer.from(`${createHash('sha1').update('COMMIT').digest('base64url')}\0`)];

/** Connections end at COMMIT: before the server hears of it, or after it has done it and before it is heard of. */
async function cutAtCommit({ system: { platform }, random }: Ground, way: Way): Promise<number> {
  let cuts = 0;
  platform.postgresProxy.meddle((piece, going): Verdict => {
    if (going !== way || cuts >= CUTS || !(piece.includes(COMMIT) || (way === 'request' && piece.includes(PREPARED))) || random.next() > 0.1) return 'pass';
    cuts++;
    return 'reset';
  });
  for (const end = Date.now() + CUT_MS; Date.now() < end && cuts < CUTS; ) await sleep(50);
  platform.postgresProxy.meddle(null);
  return cuts;
}

export const postgresFaults: readonly Fault[] = [
  {
    name: 'PostgreSQL stopped at once and started',
    strike: async ({ system: { platform }, random }) => {
      const { pid, logFile } = platform.postgres;
      const from = (await readFile(logFile, 'utf8')).length;
      await platform.crashPostgres(random.between(500, 5_000));
      const said = (await readFile(logFile, 'utf8')).slice(from);
      struck(/immediate shutdown/.test(said) && /automatic recovery in progress/.test(said), `its log says: ${said.slice(-500)}`);
      return now(`process ${pid} says immediate shutdown, ${platform.postgres.pid} recovered from its log`);
    },
  },
  {
    name: 'connection cut at COMMIT, before it arrives',
    strike: async (ground) => {
      const cuts = await cutAtCommit(ground, 'request');
      struck(cuts > 0, 'no COMMIT was cut');
      return now(`${cuts} times COMMIT never arrived`);
    },
  },
  {
    name: 'connection cut at COMMIT, before it is answered',
    strike: async (ground) => {
      const cuts = await cutAtCommit(ground, 'answer');
      struck(cuts > 0, 'no COMMIT was cut');
      return now(`${cuts} times the answer to COMMIT was lost`);
    },
  },
  {
    name: 'database connections half open',
    strike: async ({ system: { platform } }) => {
      const silenced = platform.postgresProxy.silenceAll();
      struck(silenced > 10, `${silenced} connections fell silent`);
      return Promise.resolve(now(`${silenced} connections fell silent, and nobody was told`));
    },
  },
  {
    name: 'a transaction left open',
    strike: async ({ system: { platform }, random }) => {
      const service = random.pick(DECIDERS.filter((name) => name !== 'directory'));
      const client = new pg.Client({ connectionString: platform.databases.get(service)!.worker, application_name: 'left open' });
      const ended = new Promise<Error & { code?: string }>((resolve) => client.on('error', resolve));
      await client.connect();
      await client.query('begin');
      const locked = await client.query('select from outbox_pending for update');
      const aggregates = { intake: 'lot', refurbishment: 'device', inventory: 'stock_item', matching: 'need', dispatch: 'shipment' } as Record<string, string>;
      const rows = await client.query(`select from ${aggregates[service]} for update`);
      const how = await Promise.race([ended, sleep(40_000).then(() => null)]);
      await client.end().catch(() => undefined);
      struck(how?.code === '25P03', `${service} left it open: ${how?.message}`);
      return now(`${rows.rowCount} ${aggregates[service]} rows and ${locked.rowCount} outbox marks of ${service} were locked until the server ended it: ${how.message}`);
    },
  },
];
