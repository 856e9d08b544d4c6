import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { chmod, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { startPostgres } from '@lacollecte/database';
import { signIn } from '@lacollecte/issuer/sign-in';
import pg from 'pg';
import { type Figure, inTurns, perSecond, time } from './figure.js';
import { type Running, startStandalone } from './standalone.js';

const ROWS = 100_000;
const [SMALL, LARGE] = [10_000, 1_000_000];
const DONOR = { email: 'donor@demo.lacollecte.tech', password: 'lacollecte-demo' };

/** Makes the rows of a list four times as long: 174 MB for a million, near the most that an upload may have. */
const LONG_NOTES = 'collected on site, '.repeat(7);

/** A company's list of so many laptops; serials differ between lists. */
async function writeList(path: string, rows: number, list: string, notes = ''): Promise<void> {
  const file = await open(path, 'w');
  await file.write(`category;manufacturer;model;serial;quantity;condition;value;notes\n`);
  for (let first = 0; first < rows; first += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, rows - first) }, (_, i) => `laptop;Dell;Latitude 5490;${list}${String(first + i).padStart(7, '0')};1;good;12,98;${notes}`);
    await file.write(`${lines.join('\n')}\n`);
  }
  await file.close();
}

/** What the donor does, over HTTP: sends the file, waits for the preview, confirms, waits for the lines. */
class Donor {
  #token = '';
  constructor(private readonly url: string) {}

  async signIn(): Promise<void> {
    this.#token = (await signIn({ issuer: `${this.url}/oidc`, ...DONOR })).accessToken;
  }

  async #call<T>(method: string, path: string, body?: string | ReadableStream, headers: Record<string, string> = {}): Promise<T> {
    const response = await fetch(`${this.url}/api/intake/${path}`, {
      method, body: body ?? null, headers: { authorization: `Bearer ${this.#token}`, 'idempotency-key': randomUUID(), ...headers }, ...({ duplex: 'half' } as object),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  }

  async openLot(): Promise<string> {
    return (await this.#call<{ id: string }>('POST', 'lots', JSON.stringify({ title: 'benchmark' }), { 'content-type': 'application/json' })).id;
  }

  async send(lotId: string, path: string): Promise<void> {
    const content = Readable.toWeb(createReadStream(path)) as ReadableStream;
    const manifest = await this.#call<{ id: string }>('POST', `lots/${lotId}/manifests?filename=list.csv`, content, { 'content-type': 'text/csv' });
    const { version } = await this.#until(manifest.id, 'previewed');
    await this.#call('POST', `manifests/${manifest.id}/confirmation`, '{}', { 'content-type': 'application/json', 'if-match': `"${version}"` });
    await this.#until(manifest.id, 'imported');
  }

  async #until(id: string, state: string): Promise<{ version: number }> {
    for (;;) {
      const manifest = await this.#call<{ state: string; version: number }>('GET', `manifests/${id}`);
      if (manifest.state === state) return manifest;
      if (manifest.state === 'failed') throw new Error(`the manifest failed: ${JSON.stringify(manifest)}`);
      await sleep(50);
    }
  }
}

/** Most resident memory (MB) of the process while `work` runs. */
async function peak(pid: number, work: () => Promise<void>): Promise<number> {
  await writeFile(`/proc/${pid}/clear_refs`, '5');
  await work();
  return Number(/^VmHWM:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))![1]) / 1024;
}

/** From the file's first byte over HTTP to the last committed line and outbox row, preview and confirmation included. */
export async function benchIngest(): Promise<Figure[]> {
  const system = await startStandalone();
  const folder = await mkdtemp(join(tmpdir(), 'bench-lists-'));
  await chmod(folder, 0o777); // the database server writes and reads rows here for COPY
  try {
    const donor = new Donor(system.url);
    await donor.signIn();
    return [await speed(system, donor, folder), ...(await memory(system, donor, folder))];
  } finally {
    await system.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function speed(system: Running, donor: Donor, folder: string): Promise<Figure> {
  const server = await startPostgres(join(system.folder, 'postgres')); // adopts the one that runs
  const url = new URL(server.url);
  url.pathname = '/intake';
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const [path, rows] = [join(folder, 'list.csv'), join(folder, 'rows.copy')];
  let list = 0;
  let lot = '';
  const prepare = async (): Promise<void> => {
    await writeList(path, ROWS, `L${list++}X`);
    lot = await donor.openLot();
  };
  // The very rows that the last run wrote, into a table with the same constraints and indexes.
  const prepareCopy = async (): Promise<void> => {
    if (lot === '') {
      await prepare();
      await donor.send(lot, path);
    }
    await client.query(`copy (select * from lot_line where lot_id = '${lot}') to '${rows}'`);
    await client.query('drop table if exists bench_copy; create table bench_copy (like lot_line including all)');
  };
  const copy = (): Promise<unknown> => client.query(`copy bench_copy from '${rows}'`);
  const ms = await inTurns(3, { prepare, work: () => donor.send(lot, path) }, { prepare: prepareCopy, work: copy });
  await client.query('drop table bench_copy');
  await client.end();
  return {
    name: 'bulk ingest', measured: `${ROWS.toLocaleString('en')} rows over HTTP to committed lines`, against: 'COPY of the same rows into the same table', ratio: ms.baseline / ms.ours, aim: 0.2,
    detail: `${perSecond(ROWS, ms.ours)}; COPY ${perSecond(ROWS, ms.baseline)}`,
  };
}

async function memory(system: Running, donor: Donor, folder: string): Promise<Figure[]> {
  if (process.platform !== 'linux') return [];
  const measure = async (rows: number, name: string, notes?: string): Promise<{ peakMb: number; fileMb: number; seconds: number }> => {
    const path = join(folder, `${name}.csv`);
    await writeList(path, rows, name, notes);
    await donor.signIn();
    const lot = await donor.openLot();
    let ms = 0;
    const peakMb = await peak(system.pid, async () => {
      ms = await time(() => donor.send(lot, path));
    });
    return { peakMb, fileMb: (await stat(path)).size / 1024 / 1024, seconds: ms / 1000 };
  };
  await measure(SMALL, 'W');
  const small = await measure(SMALL, 'S');
  const large = await measure(LARGE, 'B');
  const long = await measure(LARGE, 'N', LONG_NOTES);
  const more = large.peakMb - small.peakMb;
  return [
    {
      name: 'ingest memory', measured: `peak for ${LARGE.toLocaleString('en')} rows above that for ${SMALL.toLocaleString('en')}`, against: 'the size of the file', ratio: more / large.fileMb,
      aim: 0.2, atMost: true, detail: `${small.peakMb.toFixed(0)} → ${large.peakMb.toFixed(0)} MB for a file of ${large.fileMb.toFixed(0)} MB, in ${large.seconds.toFixed(0)} s`,
    },
    {
      // What grows with the file shows here; what V8 lets lie before it collects is there already.
      name: 'ingest memory by length', measured: `peak for ${LARGE.toLocaleString('en')} long rows above that for as many short ones`, against: 'the bytes more',
      ratio: (long.peakMb - large.peakMb) / (long.fileMb - large.fileMb), aim: 0.2, atMost: true,
      detail: `${large.peakMb.toFixed(0)} → ${long.peakMb.toFixed(0)} MB for a file of ${long.fileMb.toFixed(0)} MB instead of ${large.fileMb.toFixed(0)} MB`,
    },
  ];
}
