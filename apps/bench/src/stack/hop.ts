import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { refurbishment } from '@lacollecte/contracts';
import { NO_CAUSE, Pool, SYSTEM } from '@lacollecte/database';
import { append, eventRelay, KafkaTransport, type Lane, type OutgoingRecord, OUTBOX, type SendResult, TOPIC_SPECS } from '@lacollecte/messaging';
import { inventoryService } from '@lacollecte/inventory';
import { freePorts, type Program, startProgram } from '@lacollecte/servers';
import pg from 'pg';
import { silent } from '../silent.js';
import { deviceReady } from './device-records.js';
import type { Servers } from './servers.js';

const INVENTORY = fileURLToPath(new URL('../../../inventory/dist/main.js', import.meta.url));
const READY_SECONDS = 120;
/** Events of a transaction where many are committed at once. */
const AT_ONCE = 500;

/** PostgreSQL tells of each event as its transaction commits. */
const TELL = `create function bench_tell() returns trigger language plpgsql as $$ begin perform pg_notify('bench_applied', new.key); return null; end $$;
  create trigger bench_tell after insert on inbox for each row execute function bench_tell()`;

/** One service to the next: commits here, with the relay that refurbishment has, and inventory as its own process behind Kafka. */
export class Hop {
  /** When each device was committed that is not applied yet. */
  readonly #waiting = new Map<string, number>();
  #applied: number[] = [];
  #published: number[] = [];
  #program: Program | undefined;
  readonly #relay: Lane;

  private constructor(
    private readonly pool: Pool,
    relayUrl: string,
    private readonly transport: KafkaTransport,
    private readonly listener: pg.Client,
    private readonly launch: () => Promise<Program>,
  ) {
    listener.on('notification', ({ payload }) => this.#note(payload!, this.#applied, true));
    this.#relay = eventRelay('refurbishment', relayUrl, { send: (records) => this.#send(records) }, silent);
    pool.committed.on(OUTBOX, () => this.#relay.wake());
    this.#relay.start();
  }

  static async start(servers: Servers, name: string): Promise<Hop> {
    const from = await servers.database('refurbishment', `bench_${name}_from`, []);
    const to = await servers.database('inventory', `bench_${name}_to`, inventoryService.migrations);
    const transport = new KafkaTransport(servers.kafka, silent);
    await transport.ensureTopics(TOPIC_SPECS);
    const listener = new pg.Client({ connectionString: to.owner });
    await listener.connect();
    await listener.query(TELL);
    await listener.query('listen bench_applied');
    const [port, metrics] = (await freePorts(2)) as [number, number];
    const env = {
      NODE_OPTIONS: '', LOG_LEVEL: 'info', HOST: '127.0.0.1', PORT: `${port}`, METRICS_PORT: `${metrics}`, DATABASE_URL: to.app, DATABASE_WORKER_URL: to.worker,
      TRANSPORT_URL: servers.kafka, QUEUES_URL: servers.redis, OIDC_ISSUER: 'http://127.0.0.1/oidc', OIDC_AUDIENCE: 'lacollecte', OIDC_JWKS_URL: 'http://127.0.0.1/oidc/jwks',
    };
    const launch = async (): Promise<Program> => {
      const program = await startProgram(process.execPath, ['--enable-source-maps', INVENTORY], { port, logFile: join(servers.folder, `${name}.log`), env });
      await ready(`http://127.0.0.1:${metrics}/ready`);
      return program;
    };
    const pool = await Pool.open(from.worker, { max: 10, name: 'bench' });
    const hop = new Hop(pool, from.worker, transport, listener, launch);
    await hop.startService();
    return hop;
  }

  async startService(): Promise<void> {
    this.#program = await this.launch();
  }

  async killService(): Promise<void> {
    await this.#program?.stop('SIGKILL');
  }

  /** Events that are committed and not yet applied. */
  get pending(): number {
    return this.#waiting.size;
  }

  /** Milliseconds from commit to published and to applied of each event since the last call, in order. */
  takeLatencies(): { published: number[]; applied: number[] } {
    const taken = { published: this.#published.sort((a, b) => a - b), applied: this.#applied.sort((a, b) => a - b) };
    [this.#published, this.#applied] = [[], []];
    return taken;
  }

  /** One transaction with so many devices. */
  async commit(devices = 1): Promise<void> {
    const keys: string[] = [];
    await this.pool.transaction(SYSTEM, NO_CAUSE, async (tx) => {
      for (let i = 0; i < devices; i++) {
        const data = deviceReady();
        keys.push(data.deviceId);
        append(tx, refurbishment.DeviceReady, { key: data.deviceId, version: 1 }, data);
        // Entered before: what is applied may be told before the commit's answer is read. Overwritten by that.
        this.#waiting.set(data.deviceId, performance.now());
      }
    });
    const now = performance.now();
    for (const key of keys) if (this.#waiting.has(key)) this.#waiting.set(key, now);
  }

  async #send(records: readonly OutgoingRecord[]): Promise<SendResult[]> {
    const results = await this.transport.send(records);
    for (const { key } of records) this.#note(key!, this.#published, false);
    return results;
  }

  #note(key: string, latencies: number[], done: boolean): void {
    const at = this.#waiting.get(key);
    if (at === undefined) return;
    if (done) this.#waiting.delete(key);
    latencies.push(performance.now() - at);
  }

  async settled(most = 0): Promise<void> {
    while (this.pending > most) await sleep(5);
  }

  /** Events a second through the whole of the hop, without a pause. */
  async capacity(events: number): Promise<number> {
    const begun = performance.now();
    for (let i = 0; i < events; i += AT_ONCE) await this.commit(AT_ONCE);
    await this.settled();
    this.takeLatencies();
    return events / ((performance.now() - begun) / 1000);
  }

  /** Commits at this rate, `devices` a transaction, at random moments, until it is told to stop. */
  load(eventsASecond: number, devices: number): { stop(): Promise<void> } {
    const stopping = new AbortController();
    const running = new Set<Promise<void>>();
    const generate = async (): Promise<void> => {
      for (let due = performance.now(); !stopping.signal.aborted; due -= (Math.log(1 - Math.random()) * devices * 1000) / eventsASecond) {
        const early = due - performance.now();
        if (early > 1) await sleep(early);
        const one = this.commit(devices).finally(() => running.delete(one));
        running.add(one);
      }
      await Promise.all(running);
    };
    const generating = generate();
    return {
      stop: () => {
        stopping.abort();
        return generating;
      },
    };
  }

  async stop(): Promise<void> {
    await this.#program?.stop();
    await this.#relay.stop();
    await this.transport.close();
    await this.listener.end();
    await this.pool.close();
  }
}

async function ready(url: string): Promise<void> {
  for (const deadline = Date.now() + READY_SECONDS * 1000; Date.now() < deadline; await sleep(50)) {
    if (await fetch(url).then(({ ok }) => ok, () => false)) return;
  }
  throw new Error(`inventory is not ready after ${READY_SECONDS} s`);
}
