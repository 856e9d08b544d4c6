import { randomBytes } from 'node:crypto';
import { serverUrl } from '@lacollecte/testing';
import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import { Database, Pool } from './database.js';
import { newPasswords, provision } from './provision.js';

class First1710000000000 {
  up(runner: QueryRunner): Promise<unknown> {
    return runner.query('create table thing (id serial primary key, name text not null)');
  }
  async down(): Promise<void> {}
}
class Second1710000000001 extends First1710000000000 {
  override up(runner: QueryRunner): Promise<unknown> {
    return runner.query('create table other (id int primary key)');
  }
}

const name = `provision_${randomBytes(6).toString('hex')}`;
const secret = new URL(serverUrl()).password;
/** The run's: roles are shared by all databases of its server. */
const passwords = { owner: secret, app: secret, worker: secret };
const run = (migrations: readonly Function[]) => provision(serverUrl(), 'dispatch', migrations, passwords, name);

async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

afterAll(() => query(serverUrl(), `drop database if exists ${name} with (force)`));

test('several at once bring up one database, whose roles may do what they need and no more', async () => {
  const [urls] = await Promise.all([run([First1710000000000]), run([First1710000000000]), run([First1710000000000])]);
  expect(await query(urls.owner, 'select name from migration')).toEqual([{ name: 'First1710000000000' }]);
  expect(await query(urls.app, `insert into thing (name) values ('a') returning id`)).toEqual([{ id: 1 }]);
  expect(await query(urls.worker, 'delete from thing returning name')).toEqual([{ name: 'a' }]);
  for (const url of [urls.app, urls.worker]) {
    await expect(query(url, 'create table mine (id int)')).rejects.toThrow(/permission denied/);
    await expect(query(url, 'delete from migration')).rejects.toThrow(/permission denied/);
  }
  expect(await query(urls.app, 'show statement_timeout')).toEqual([{ statement_timeout: '15s' }]);
  expect(await query(urls.worker, 'show statement_timeout')).toEqual([{ statement_timeout: '1min' }]);
  expect(await query(urls.app, 'show lock_timeout')).toEqual([{ lock_timeout: '5s' }]);
  expect(await query(urls.app, 'show idle_in_transaction_session_timeout')).toEqual([{ idle_in_transaction_session_timeout: '10s' }]);
});

test('a process serves with the app and worker roles, not with the owner or a superuser', async () => {
  const urls = await run([First1710000000000]);
  await (await Database.open('dispatch', urls)).close();
  const superuser = new URL(serverUrl());
  superuser.pathname = `/${name}`;
  for (const url of [urls.owner, superuser.href]) {
    await expect(Pool.open(url, { max: 1, name: 'unfit' })).rejects.toThrow(/superuser, owner or bypasses/);
  }
});

test('the roles of another service cannot connect', async () => {
  await run([First1710000000000]);
  const other = `${name}_b`;
  const intake = await provision(serverUrl(), 'intake', [First1710000000000], passwords, other);
  const url = new URL(intake.app);
  url.pathname = `/${name}`;
  await expect(query(url.href, 'select 1')).rejects.toMatchObject({ code: '42501' });
  await query(serverUrl(), `drop database ${other} with (force)`);
});

test('migrates what it finds, and refuses what a newer version has written', async () => {
  const urls = await run([First1710000000000, Second1710000000001]);
  expect(await query(urls.app, 'select count(*)::int as n from other')).toEqual([{ n: 0 }]);
  await expect(run([First1710000000000])).rejects.toMatchObject({ code: 'newer-version', message: expect.stringMatching(/dispatch.*newer version.*Second/) as string });
});

test('makes passwords that nobody else has', () => {
  const all = [newPasswords(), newPasswords()].flatMap((p) => [p.owner, p.app, p.worker]);
  expect(new Set(all).size).toBe(6);
});
