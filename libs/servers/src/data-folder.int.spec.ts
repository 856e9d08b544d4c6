import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataFolder } from './data-folder.js';

let path: string;

beforeEach(async () => {
  path = await mkdtemp(join(tmpdir(), 'data-'));
});
afterEach(() => rm(path, { recursive: true, force: true }));

test('a stack below does not keep a standalone system from its folder, nor is it deleted with that', async () => {
  const stack = join(path, 'stack');
  await (await DataFolder.take(stack, 'stack')).release();
  const folder = await DataFolder.take(path);
  await mkdir(join(path, 'log'));
  await folder.clear();
  await expect(stat(join(path, 'log'))).rejects.toMatchObject({ code: 'ENOENT' });
  expect(await readFile(join(stack, 'lacollecte.json'), 'utf8')).toContain('"kind":"stack"');
  await folder.release();
});

test('neither kind of system takes the data of the other', async () => {
  const stack = join(path, 'stack');
  await (await DataFolder.take(stack, 'stack')).release();
  await expect(DataFolder.take(stack)).rejects.toMatchObject({ status: 2, message: `${stack} holds the data of a system of npm run stack: choose another folder with --data` });
  // As they were before there were two kinds.
  await writeFile(join(path, 'lacollecte.json'), '{"version":1}\n');
  await expect(DataFolder.take(path, 'stack')).rejects.toMatchObject({ status: 2, message: expect.stringContaining('of npm start') as string });
  await expect(DataFolder.holder(path, 'stack')).rejects.toMatchObject({ status: 2 });
});

test('says who has the folder, and where its system is, to nobody but its owner', async () => {
  expect(await DataFolder.holder(path)).toBeUndefined();
  const folder = await DataFolder.take(path);
  expect(await DataFolder.holder(path)).toMatchObject({ pid: process.pid });
  await folder.announce('http://localhost:3000', { postgres: 'postgres://a:b@c/d' });
  expect(await folder.running()).toEqual({ pid: process.pid, url: 'http://localhost:3000', postgres: 'postgres://a:b@c/d' });
  expect((await stat(join(path, 'running.json'))).mode & 0o777).toBe(0o600);
  await folder.release();
  expect(await DataFolder.holder(path)).toBeUndefined();
});
