import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { type Actor, requestContext, SYSTEM, type Tx } from '@lacollecte/database';
import type { JobProcessor, JobRun } from '@lacollecte/messaging';
import { PLATFORM_MIGRATIONS, UnitOfWork } from '@lacollecte/runtime';
import { actor, createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { openLot } from '../commands/open-lot.js';
import { uploadManifest } from '../commands/upload-manifest.js';
import { manifestJobs } from '../jobs/manifest-jobs.js';
import { IntakeTables1710000000000 } from '../persistence/migrations/intake-tables.js';
import { ManifestTables1710000000001 } from '../persistence/migrations/manifest-tables.js';
import { ReadingProgress1710000000040 } from '../persistence/migrations/reading-progress.js';
import { type ManifestView, showManifest } from '../queries/manifests.js';

/** The process died in the middle of a run. */
export class Died extends Error {}

export interface JobOptions {
  /** Dies before its n-th transaction after this many. */
  readonly diesAfter?: number;
  readonly signal?: AbortSignal;
}

/** A donor with lots, and the jobs run by hand. */
export class Intake {
  readonly donorId = randomUUID();
  readonly donor: Actor = actor('donor', { organisationId: this.donorId });
  readonly uow: UnitOfWork;

  private constructor(readonly db: TestDatabase) {
    this.uow = new UnitOfWork(db.database);
  }

  static async open(): Promise<Intake> {
    const intake = new Intake(await createTestDatabase('intake', [...PLATFORM_MIGRATIONS, IntakeTables1710000000000, ManifestTables1710000000001, ReadingProgress1710000000040]));
    await intake.approve(intake.donorId);
    return intake;
  }

  async approve(donorId: string): Promise<void> {
    await this.db.sql(`insert into donor (id, state, kind, postal_code, version) values ($1, 'approved', 'company', '75011', 1)`, [donorId]);
  }

  as<T>(who: Actor, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.db.as(who, work);
  }

  lot(who = this.donor): Promise<string> {
    return this.as(who, (tx) => openLot(tx, { title: 'A lot' }));
  }

  /** As over HTTP: with who asks, and the key of the request. */
  upload(lotId: string, content: string | Uint8Array | Readable, options: { who?: Actor; key?: string } = {}): Promise<ManifestView> {
    const { who = this.donor, key } = options;
    const file = content instanceof Readable ? content : Readable.from(typeof content === 'string' ? [Buffer.from(content)] : [Buffer.from(content)]);
    const idempotency = key ? { method: 'POST', route: `/lots/${lotId}/manifests`, key, bodyHash: 'same' } : undefined;
    const context = { actor: who, cause: { correlationId: null, causationId: null, traceparent: null }, ...(idempotency ? { idempotency } : {}) };
    return requestContext.run(context, () => uploadManifest(this.uow, { lotId, filename: 'list.csv', file }, showManifest));
  }

  show(manifestId: string, who = this.donor): Promise<ManifestView & Record<string, unknown>> {
    return this.as(who, (tx) => showManifest(tx, manifestId)) as Promise<ManifestView & Record<string, unknown>>;
  }

  /** The newest job of a queue that is not done. */
  async jobOf(queue: string): Promise<string> {
    const [row] = await this.db.sql<{ id: string }>('select id from job where queue = $1 and done_at is null order by id desc limit 1', [queue]);
    if (!row) throw new Error(`no job waits in ${queue}`);
    return row.id;
  }

  /** Runs a job once, as the worker would. */
  async runJob(id: string, options: JobOptions = {}): Promise<void> {
    const [row] = await this.db.sql<{ queue: string; data: unknown }>('select queue, data from job where id = $1 and done_at is null', [id]);
    if (!row) return;
    const found = manifestJobs.find((job) => job.definition.queue === row.queue)!;
    let left = options.diesAfter ?? Infinity;
    const cause = { correlationId: null, causationId: id, traceparent: null };
    const step = <T>(work: (tx: Tx) => Promise<T>): Promise<T> => {
      if (left-- <= 0) throw new Died('died');
      return this.db.database.worker.transaction(SYSTEM, cause, work);
    };
    const run: JobRun<unknown> = {
      id, data: found.definition.data.parse(row.data), attempt: 1, signal: options.signal ?? new AbortController().signal, cause, step,
      finish: (work) => step(async (tx) => {
        const result = await work(tx);
        const marked = await tx.execute('update job set done_at = now() where id = $1 and done_at is null', [id]);
        if (marked === 0) throw new AlreadyDone();
        return result;
      }).catch((error: unknown) => {
        if (error instanceof AlreadyDone) return undefined;
        throw error;
      }),
    };
    await (found as JobProcessor).process(run as never);
  }

  /** Uploads, reads and shows. */
  async preview(lotId: string, content: string | Uint8Array): Promise<ManifestView & Record<string, unknown>> {
    const { id } = await this.upload(lotId, content);
    await this.read();
    return this.show(id);
  }

  async read(options?: JobOptions): Promise<void> {
    await this.runJob(await this.jobOf('intake-read-manifest'), options);
  }

  async import(options?: JobOptions): Promise<void> {
    await this.runJob(await this.jobOf('intake-import-manifest'), options);
  }
}

class AlreadyDone extends Error {}

/** A list of laptops with serials of its own. */
export function laptops(count: number, prefix = 'SN'): string {
  let text = 'category;maker;model;serial\n';
  for (let n = 0; n < count; n++) text += `laptop;Dell;Latitude;${prefix}-${n}\n`;
  return text;
}
