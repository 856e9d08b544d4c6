import { createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { SYSTEM } from './actor.js';
import { NO_CAUSE } from './context.js';
import { orStale, type Tx } from './tx.js';

class Tables1700000000008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table thing (name text primary key, version int not null, number int not null); create sequence turn');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop sequence turn; drop table thing');
  }
}

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase('intake', [Tables1700000000008]);
});
afterAll(() => database.close());
beforeEach(() => database.sql(`truncate thing; insert into thing values ('a', 1, 10), ('b', 1, 20); alter sequence turn restart`));

const CHANGE = orStale('with changed as (update thing set number = $3, version = version + 1 where name = $1 and version = $2 returning name)');
const change = (tx: Tx, name: string, version: number, number: number): void => tx.change(CHANGE, [name, version, number]);
const insert = (tx: Tx, name: string) => tx.execute('insert into thing values ($1, 1, 0)', [name]);
const numbers = async () => Object.fromEntries((await database.sql<{ name: string; number: number }>('select name, number from thing')).map(({ name, number }) => [name, number]));

describe('a guarded change', () => {
  it('is not waited for: what is read next sees it, and the commit keeps it', async () => {
    const seen = await database.worker(async (tx) => {
      change(tx, 'a', 1, 11);
      const row = await tx.one('select number from thing where name = $1', ['a']);
      change(tx, 'a', 2, 12);
      change(tx, 'b', 1, 21);
      return row;
    });
    expect(seen).toEqual({ number: 11 });
    expect(await numbers()).toEqual({ a: 12, b: 21 });
  });

  it.each([
    ['with the commit', () => Promise.resolve(), 'stale-version'],
    ['with a statement', async (tx: Tx) => tx.query('select 1'), 'stale-version'],
    ['with a statement whose error was swallowed', async (tx: Tx) => tx.query('select 1').catch(() => undefined), 'current transaction is aborted'],
  ])('of a row that is no longer at its version keeps the rest from being committed, sent %s', async (_, then, message) => {
    const stale = database.worker(async (tx) => {
      await insert(tx, 'before');
      tx.withCommit(() => insert(tx, 'last'));
      change(tx, 'a', 1, 11);
      change(tx, 'b', 7, 21);
      await then(tx);
    });
    await expect(stale).rejects.toThrow(message);
    expect(await numbers()).toEqual({ a: 10, b: 20 });
  });

  it('that fails for another reason says so', async () => {
    await expect(database.worker(async (tx) => tx.change(orStale('with changed as (update thing set version = null where name = $1 returning name)'), ['a']))).rejects.toMatchObject({ code: '23502' });
    await expect(database.worker((tx) => tx.query('select 1 / $1::int', [0]))).rejects.toMatchObject({ code: '22012' });
  });

  it('of several rows is one of all of them', async () => {
    const all = orStale('with changed as (update thing set number = 0 from unnest($1::text[], $2::int[]) as t(n, v) where name = n and version = v returning name)', 'cardinality($1)');
    await expect(database.worker(async (tx) => tx.change(all, [['a', 'b'], [1, 7]]))).rejects.toThrow('stale-version');
    expect(await numbers()).toEqual({ a: 10, b: 20 });
    await database.worker(async (tx) => tx.change(all, [['a', 'b'], [1, 1]]));
    expect(await numbers()).toEqual({ a: 0, b: 0 });
  });

  it('is undone with the attempt it belongs to', async () => {
    await database.worker(async (tx) => {
      change(tx, 'a', 1, 11);
      const attempt = tx.attempt(async () => {
        change(tx, 'b', 1, 21);
        await insert(tx, 'c');
        change(tx, 'b', 7, 22);
      });
      await expect(attempt).rejects.toThrow('changed nothing');
      change(tx, 'b', 1, 23);
    });
    expect(await numbers()).toEqual({ a: 11, b: 23 });
  });
});

describe('a flight', () => {
  it('answers each of its statements, whether it has rows or not', async () => {
    const answers = await database.worker((tx) =>
      Promise.all([tx.query('select name from thing order by name'), tx.execute('update thing set number = 0'), tx.query('select name from thing where false'), tx.dynamic(`select 'x' as x`)]),
    );
    expect(answers).toEqual([[{ name: 'a' }, { name: 'b' }], 2, [], [{ x: 'x' }]]);
  });

  it('that failed leaves every statement of it fit for use, prepared or not', async () => {
    const circular: { self?: unknown } = {};
    circular.self = circular;
    const failures: [string, (tx: Tx) => Promise<unknown>][] = [
      ['does not exist', (tx) => tx.query('select number from thing where nowhere')],
      ['division by zero', (tx) => tx.query('select 1 / 0 as nothing')],
      ['circular', (tx) => tx.query('select $1::jsonb as value', [circular])],
    ];
    for (const [why, fail] of failures) {
      await database.worker(async (tx) => {
        const before = () => tx.query('select 1 as before');
        const after = () => tx.query(`select 2 as "after ${why}"`);
        for (let times = 0; times < 2; times++) await expect(tx.attempt(() => Promise.all([before(), fail(tx), after()]))).rejects.toThrow(why);
        expect(await Promise.all([before(), after()])).toEqual([[{ before: 1 }], [{ [`after ${why}`]: 2 }]]);
      });
    }
  });
});

test('what was sent for ahead answers the first query with that text and these values, once', async () => {
  const ahead = { text: `select nextval('turn')::int as turn, $1::text as name`, values: ['a'] };
  const turns = await database.database.worker.transaction(SYSTEM, NO_CAUSE, async (tx) => {
    const ask = (name: string) => tx.because(NO_CAUSE).one(ahead.text, [name]);
    return [await ask('b'), await ask('a'), await ask('a')];
  }, { ahead });
  expect(turns).toEqual([{ turn: 2, name: 'b' }, { turn: 1, name: 'a' }, { turn: 3, name: 'a' }]);
});
