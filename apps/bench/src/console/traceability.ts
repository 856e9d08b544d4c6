import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '@lacollecte/database';
import pg from 'pg';
import { carry } from '../carry.js';
import type { Figure } from '../figure.js';
import { A_YEAR } from '../pipeline.js';
import { type Running, startStandalone } from '../standalone.js';

/** A list may have so many that the demonstration carries it in a quarter of an hour; all of them follow one another without a pause. */
const TURNS = 10;
const AIM_SECONDS = 2;
const SPEAKERS = ['directory', 'intake', 'refurbishment', 'inventory', 'matching', 'dispatch'];

/** How far the service that hears every event is behind those that decide, when a year's devices have gone through as fast as they can. */
export async function benchTraceability(): Promise<Figure> {
  const system = await startStandalone();
  try {
    const lags: number[] = [];
    for (let turn = 0; turn < TURNS; turn++) {
      await carry(system, A_YEAR / TURNS, `L${turn}N`);
      lags.push(await behind(system));
    }
    const [last, most] = [lags.at(-1)!, Math.max(...lags)];
    return {
      name: 'traceability', measured: `seconds behind, when ${A_YEAR.toLocaleString('en')} devices are delivered`, against: `${AIM_SECONDS} s`, ratio: last / AIM_SECONDS, aim: 1, atMost: true,
      detail: `${last.toFixed(2)} s at the end; ${most.toFixed(2)} s the most after each of ${TURNS} parts`,
    };
  } finally {
    await system.stop();
  }
}

/** Seconds until it has heard what was decided when this was asked. */
async function behind(system: Running): Promise<number> {
  const postgres = await startPostgres(join(system.folder, 'postgres')); // adopts the one that runs
  const count = async (database: string, table: string): Promise<number> => {
    const url = new URL(postgres.url);
    url.pathname = `/${database}`;
    const client = new pg.Client({ connectionString: url.href });
    await client.connect();
    try {
      return Number((await client.query<{ count: string }>(`select count(*) from ${table}`)).rows[0]!.count);
    } finally {
      await client.end();
    }
  };
  const begun = performance.now();
  const decided = (await Promise.all(SPEAKERS.map((service) => count(service, 'outbox')))).reduce((sum, rows) => sum + rows, 0);
  while ((await count('traceability', 'inbox')) < decided) await sleep(20);
  return (performance.now() - begun) / 1000;
}
