import { setTimeout as sleep } from 'node:timers/promises';
import { createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isTransient, mayBeOwnFault } from './transient.js';
import type { Tx } from './tx.js';

class Tables1700000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table kept (name text primary key)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table kept');
  }
}

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase('intake', [Tables1700000000008]);
});
afterAll(() => database.close());
beforeEach(() => database.sql('truncate kept'));

const keep = (tx: Tx, name: string) => tx.execute('insert into kept values ($1)', [name]);
const kept = async (): Promise<string[]> => (await database.sql<{ name: string }>('select name from kept order by name')).map((row) => row.name);
/** As many transactions at once as the pool has connections, so that each of them is used. */
const useAll = () => Promise.all(Array.from({ length: 10 }, () => database.worker((tx) => tx.one('select pg_sleep(0.05)::text as slept, $1::int as n', [1]))));

describe('a transaction', () => {
  it('keeps nothing where one of its last statements fails, and leaves its connection fit for the next', async () => {
    await database.worker((tx) => keep(tx, 'twin'));
    const failing = database.worker(async (tx) => {
      await keep(tx, 'row');
      for (const name of ['last', 'twin', 'after']) tx.withCommit(() => keep(tx, name));
    });
    await expect(failing).rejects.toMatchObject({ code: '23505' });
    await useAll();
    expect(await kept()).toEqual(['twin']);
  });

  it('keeps nothing where a statement failed and nobody cared', async () => {
    const failing = database.worker(async (tx) => {
      await keep(tx, 'a');
      await keep(tx, 'a').catch(() => undefined);
    });
    await expect(failing).rejects.toThrow('rolled back by the server');
    expect(await kept()).toEqual([]);
  });

  it('whose connection breaks before the commit fails for now, and the pool goes on without that connection', async () => {
    const failing = database.worker(async (tx) => {
      await keep(tx, 'broken');
      const own = await tx.one<{ pid: number }>('select pg_backend_pid() as pid');
      await database.sql('select pg_terminate_backend($1, 5000)', [own!.pid]);
      tx.withCommit(() => keep(tx, 'last'));
    });
    await expect(failing.catch((error: unknown) => isTransient(error))).resolves.toBe(true);
    await useAll();
    expect(await kept()).toEqual([]);
  });

  it('whose statement was prepared before a migration fails for now, and then works', async () => {
    const all = () => Promise.all(Array.from({ length: 10 }, () => database.worker((tx) => tx.query('select pg_sleep(0.05)::text as slept, k.* from (select 1) one left join kept k on true'))));
    await all();
    await database.sql('alter table kept add column since timestamptz default now()');
    const failing = await all().catch((error: unknown) => error);
    expect(failing).toMatchObject({ code: '0A000' });
    expect([isTransient(failing), mayBeOwnFault(failing)]).toEqual([true, false]);
    expect((await all())[9]).toHaveLength(1);
    await database.sql('alter table kept drop column since');
  });

  it.each([
    ['takes too long', (tx: Tx) => tx.query('set local statement_timeout = 50').then(() => tx.query('select pg_sleep(5)'))],
    ['goes on after an error it swallowed', (tx: Tx) => tx.query('select 1 / 0').catch(() => tx.query('select 1'))],
    ['idles', (tx: Tx) => tx.query('set local idle_in_transaction_session_timeout = 50').then(() => sleep(500)).then(() => tx.query('select 1'))],
  ])('that %s fails for now, and perhaps by its own doing', async (_, work) => {
    const failure = await database.worker(work).catch((error: unknown) => error);
    expect([isTransient(failure), mayBeOwnFault(failure), failure]).toEqual([true, true, expect.any(Error)]);
  });

  it.each(['committed', 'rolled back'])('that is %s refuses what comes late, which would run in that of somebody else', async (how) => {
    let late!: Tx;
    const ended = database.worker(async (tx) => {
      late = tx.because(tx.cause);
      await keep(tx, 'in time');
      if (how === 'rolled back') throw new Error('no');
    });
    await ended.catch(() => undefined);
    await expect(keep(late, 'late')).rejects.toThrow('the transaction has ended');
    await expect(late.attempt(() => Promise.resolve())).rejects.toThrow('the transaction has ended');
    expect(await kept()).toEqual(how === 'committed' ? ['in time'] : []);
  });
});

describe('an attempt', () => {
  const refuse = (): never => {
    throw new Error('refused');
  };

  it('that fails undoes what it wrote, what an attempt within it had undone or not', async () => {
    await database.worker(async (tx) => {
      await keep(tx, 'before');
      const outer = tx.attempt(async () => {
        await keep(tx, 'outer');
        await tx.attempt(async () => keep(tx, 'inner').then(refuse)).catch(() => undefined);
        await keep(tx, 'after the inner');
        refuse();
      });
      await expect(outer).rejects.toThrow('refused');
      await keep(tx, 'after');
    });
    expect(await kept()).toEqual(['after', 'before']);
  });
});
