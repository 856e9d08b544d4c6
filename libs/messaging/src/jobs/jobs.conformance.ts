import { once } from 'node:events';
import { createTestDatabase, eventually, type TestDatabase } from '@lacollecte/testing';
import { z } from 'zod';
import { defineJob, enqueue, type JobRun, processor } from '../job.js';
import type { Lane } from '../lane.js';
import { MessagingTestTables1700000000002, silent } from '../testing.conformance.js';
import { jobLane } from './job-lane.js';
import { sweepJobs } from './job-sweep.js';
import { JobWorker } from './job-worker.js';
import type { JobQueue, Queues } from './queues.js';

const Count = defineJob('test-count', z.object({ to: z.int() }));

/** A queue server under test, and what the suite must be able to do to it from outside. */
export interface QueuesFixture {
  readonly queues: Queues;
  /** Loses everything that it holds. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** What jobs must do, whatever runs them. */
export function jobsConformance(name: string, open: (database: TestDatabase) => Promise<QueuesFixture>): void {
  describe(`jobs on ${name}`, () => {
    let fixture: QueuesFixture;
    let database: TestDatabase;
    let queues: Queues;
    let queue: JobQueue;
    let lane: Lane;
    let worker: JobWorker;
    let work: (run: JobRun<{ to: number }>) => Promise<void>;
    let giveUp: typeof work;

    beforeAll(async () => {
      database = await createTestDatabase('intake', [MessagingTestTables1700000000002]);
      fixture = await open(database);
      queues = fixture.queues;
      queue = queues.queue(Count.queue, () => undefined);
      worker = new JobWorker(database.database.worker, queues, processor(Count, (run) => work(run), (run) => giveUp(run)), silent);
      lane = jobLane(Count.queue, database.urls.worker, queue, silent);
      lane.start();
    });
    afterAll(async () => {
      await worker.stop();
      await lane.stop();
      await queue.close();
      await fixture.close();
      await database.close();
    });

    const start = async (to: number): Promise<string> => {
      const id = await database.worker((tx) => enqueue(tx, Count, { to }));
      lane.wake();
      return id;
    };
    const note = (run: JobRun<{ to: number }>, n: number) => run.step((tx) => tx.execute('insert into applied (event_id, key, version) values ($1, $2, $3) on conflict do nothing', [`${run.id}-${n}`, run.id, n]));
    const done = (id: string) => eventually(async () => expect(await database.sql('select 1 from job where id = $1 and done_at is not null', [id])).toHaveLength(1), { what: `job ${id} to be done` });
    const effects = async (id: string) => (await database.sql<{ version: number }>('select version from applied where key = $1 order by version', [id])).map((r) => r.version);

    it('runs a job after the commit that wrote it, and marks it done with its last effect', async () => {
      work = async (run) => {
        for (let n = 1; n <= run.data.to; n++) await note(run, n);
        await run.finish(async (tx) => tx.execute('insert into applied (event_id, key, version) values ($1, $1, 0)', [run.id]));
      };
      const id = await start(3);
      await done(id);
      expect(await effects(id)).toEqual([0, 1, 2, 3]);
    });

    it('does not run a job whose transaction rolled back', async () => {
      work = () => Promise.reject(new Error('must not run'));
      await expect(database.worker(async (tx) => {
        await enqueue(tx, Count, { to: 1 });
        throw new Error('no');
      })).rejects.toThrow('no');
      expect(await database.sql('select 1 from job where done_at is null')).toEqual([]);
    });

    it('puts a failed run off and the sweep brings it back', async () => {
      let attempts = 0;
      work = async (run) => {
        attempts = run.attempt;
        if (run.attempt === 1) throw new Error('first try fails');
        await run.finish(() => Promise.resolve());
      };
      const id = await start(1);
      await eventually(async () => expect(await database.sql('select error from job where id = $1', [id])).toEqual([{ error: 'first try fails' }]), { what: 'the failure to be noted' });
      await eventually(async () => {
        await sweepJobs(database.database.worker, new Map([[Count.queue, queue]]));
        lane.wake();
        expect(await database.sql('select 1 from job where id = $1 and done_at is not null', [id])).toHaveLength(1);
      }, { what: 'the second attempt' });
      expect(attempts).toBe(2);
    });

    describe('that fail', () => {
      const state = async (id: string) => (await database.sql('select attempt, error, done_at is not null as done from job where id = $1', [id]))[0];
      /** A job that no queue holds: its runs are started here. */
      const alone = async (): Promise<string> => {
        const id = await database.worker((tx) => enqueue(tx, Count, { to: 1 }, { dueAt: new Date(Date.now() + 3_600_000) }));
        await database.sql('update job set enqueued_at = now() where id = $1', [id]);
        return id;
      };
      const fail = async (id: string, times: number, message: string): Promise<void> => {
        for (let n = 0; n < times; n++) await expect(worker.run(id)).rejects.toThrow(message);
      };
      beforeEach(() => {
        giveUp = async (run) => void (await run.finish(async (tx) => tx.execute('insert into applied (event_id, key, version) values ($1, $1, 0)', [run.id])));
      });

      it('are given up after the fifth failure by their own doing, with what waits for them told in the same transaction', async () => {
        work = () => Promise.reject(new Error('a defect'));
        const id = await alone();
        await fail(id, 4, 'a defect');
        expect([await state(id), await effects(id)]).toEqual([{ attempt: 4, error: 'a defect', done: false }, []]);
        await fail(id, 1, 'a defect');
        expect([await state(id), await effects(id)]).toEqual([{ attempt: 5, error: 'a defect', done: true }, [0]]);
        await worker.run(id);
        expect(await effects(id)).toEqual([0]);
      });

      it('are not given up for what passes by itself, but for a statement that takes too long each time', async () => {
        work = () => Promise.reject(Object.assign(new Error('deadlock detected'), { code: '40P01' }));
        const id = await alone();
        await fail(id, 7, 'deadlock detected');
        expect(await state(id)).toEqual({ attempt: 0, error: 'deadlock detected', done: false });
        work = (run) => run.step((tx) => tx.query('set local statement_timeout = 20').then(() => tx.query('select pg_sleep(5)'))).then(() => undefined);
        await fail(id, 5, 'statement timeout');
        expect(await state(id)).toMatchObject({ attempt: 5, done: true });
      });

      it('are kept, and given up later, where giving up fails too', async () => {
        work = () => Promise.reject(new Error('a defect'));
        const tell = giveUp;
        giveUp = () => Promise.reject(new Error('another'));
        const id = await alone();
        await fail(id, 6, 'a defect');
        expect(await state(id)).toEqual({ attempt: 4, error: 'a defect', done: false });
        giveUp = tell;
        await fail(id, 1, 'a defect');
        expect([await state(id), await effects(id)]).toEqual([{ attempt: 5, error: 'a defect', done: true }, [0]]);
      });

      it('are given up with data that their queue does not take', async () => {
        work = () => Promise.resolve();
        const id = await alone();
        await database.sql(`update job set data = '{}' where id = $1`, [id]);
        await fail(id, 5, 'expected number');
        expect([await state(id), await effects(id)]).toMatchObject([{ attempt: 5, done: true }, []]);
      });

      it('because of a shutdown have not failed', async () => {
        let entered = false;
        work = async (run) => {
          entered = true;
          if (!run.signal.aborted) await once(run.signal, 'abort');
          run.signal.throwIfAborted();
        };
        const idle: Queues = { ...queues, worker: () => ({ close: async () => undefined }) };
        const stopped = new JobWorker(database.database.worker, idle, processor(Count, (run) => work(run), (run) => giveUp(run)), silent);
        const id = await alone();
        const before = await database.sql('select * from job where id = $1', [id]);
        const running = stopped.run(id);
        await eventually(() => expect(entered).toBe(true), { what: 'the run to begin' });
        await stopped.stop();
        await expect(running).rejects.toThrow('aborted');
        expect(await database.sql('select * from job where id = $1', [id])).toEqual(before);
      });
    });

    it('loses no job when the queue forgets everything', async () => {
      work = (run) => run.finish(() => Promise.resolve()).then(() => undefined);
      // Delayed, so that it waits in the queue until it is forgotten.
      const id = await database.worker((tx) => enqueue(tx, Count, { to: 1 }, { dueAt: new Date(Date.now() + 3_600_000) }));
      lane.wake();
      await eventually(async () => expect(await queue.forgot(id)).toBe(false), { what: 'the queue to hold the job' });
      await fixture.forget();
      expect(await queue.forgot(id)).toBe(true);
      await database.sql(`update job set enqueued_at = now() - interval '1 minute', due_at = now() - interval '1 second' where id = $1`, [id]);
      expect(await sweepJobs(database.database.worker, new Map([[Count.queue, queue]]))).toBe(1);
      lane.wake();
      await done(id);
    });

    it('is swept by one at a time', async () => {
      const id = await database.worker((tx) => enqueue(tx, Count, { to: 1 }));
      await database.sql(`update job set enqueued_at = now() - interval '1 minute' where id = $1`, [id]);
      const asked: string[] = [];
      let release = (): void => undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      const slow: JobQueue = { ...queue, forgot: async (job) => (asked.push(job), await held, false) };
      const first = sweepJobs(database.database.worker, new Map([[Count.queue, slow]]));
      await eventually(() => expect(asked).toEqual([id]), { what: 'the first sweep to ask the queue' });
      expect(await sweepJobs(database.database.worker, new Map([[Count.queue, queue]]))).toBe(0);
      release();
      expect(await first).toBe(0);
      await database.sql('delete from job where id = $1', [id]);
    });

    it('keeps one of two overlapping runs', async () => {
      let entered = 0;
      let release = (): void => undefined;
      const gate = new Promise<void>((resolve) => (release = resolve));
      const results: unknown[] = [];
      work = async (run) => {
        entered++;
        await gate;
        results.push(await run.finish(async (tx) => {
          await tx.execute('insert into applied (event_id, key, version) values (gen_random_uuid()::text, $1, 1)', [run.id]);
          return 'mine';
        }));
      };
      const id = await start(1);
      await eventually(() => expect(entered).toBe(1), { what: 'the first run' });
      const second = worker.run(id);
      await eventually(() => expect(entered).toBe(2), { what: 'the second run' });
      release();
      await second;
      await done(id);
      await eventually(() => expect(results).toHaveLength(2), { what: 'both runs to end' });
      expect(results.filter((r) => r === 'mine')).toHaveLength(1);
      expect(await effects(id)).toEqual([1]);
    });
  });
}
