import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { eventually } from '@lacollecte/testing';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const LONG_MS = 240_000;

let base: string;
let data: string;
let system: ChildProcess;

beforeAll(async () => {
  base = await mkdtemp(join(tmpdir(), 'demo-'));
  data = join(base, 'data');
  system = node('apps/standalone/src/main.ts', ['--port', '0', '--data', data]);
  await eventually(() => existsSync(join(data, 'running.json')), { what: 'the system is ready', timeoutMs: LONG_MS });
}, LONG_MS);
afterAll(async () => {
  system.kill('SIGTERM');
  await once(system, 'exit');
  await rm(base, { recursive: true, force: true });
}, LONG_MS);

/** From its source: no build is needed. */
function node(main: string, args: readonly string[]): ChildProcess {
  return spawn(process.execPath, ['--import', join(root, 'tools/source.mjs'), join(root, main), ...args], { cwd: base, env: { ...process.env, NODE_OPTIONS: '', LOG_LEVEL: 'error' } });
}

async function demo(...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> {
  const child = node('apps/demo/src/main.ts', args);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [status] = (await once(child, 'close')) as [number];
  return { status, stdout, stderr };
}

const HEADER = 'Catégorie;Marque;Modèle;N° de série;Quantité;État';

async function list(name: string, rows: readonly string[]): Promise<string> {
  const file = join(base, name);
  await writeFile(file, `${[HEADER, ...rows].join('\r\n')}\r\n`);
  return file;
}

const laptop = (i: number): string => `Ordinateur portable;Dell;Latitude 5490;SN${1000 + i};1;Bon`;
const mixed = [...Array.from({ length: 17 }, (_, i) => laptop(i)), 'Smartphone;Apple;iPhone 8;;3;Bon', 'Écran;Dell;P2419H;;4;Bon', 'Imprimante;HP;M404;;1;Bon', 'Grille-pain;Seb;TT;;1;Bon'];

interface Told {
  readonly manifest: { readonly rows: number; readonly accepted: number; readonly refused: readonly object[] };
  readonly devices: Readonly<Record<string, number>>;
  readonly needs: { readonly structures: number; readonly asked: number; readonly delivered: number; readonly open: number };
  readonly round: { readonly devices: number; readonly jain: number };
  readonly invariants: Readonly<Record<string, number>>;
  readonly seconds: { readonly total: number };
}

const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((total, count) => total + count, 0);

describe('npm run demo', () => {
  it('carries every device of a list to its place, the same again with the same seed', async () => {
    const file = await list('parc.csv', mixed);
    const first = await demo(file, '--data', data, '--seed', '5', '--json');
    expect(first).toMatchObject({ status: 0 });
    const told = JSON.parse(first.stdout) as Told;
    expect(told.manifest).toEqual({ rows: 21, accepted: 20, refused: [{ line: 22, column: 'Catégorie', value: 'Grille-pain', reason: 'unknown-category' }] });
    expect(Object.keys(told.devices)).toEqual(['workshop', 'stock', 'reserved', 'held', 'in-transfer', 'shipped', 'delivered', 'recycled', 'returned-to-donor', 'lost', 'missing']);
    // 25 announced, one of them refused at the dock, one that nobody announced.
    expect(sum(told.devices)).toBe(25);
    expect(told.devices).toMatchObject({ missing: 1, stock: 0, reserved: 0, shipped: 0 });
    expect(told.devices['delivered']).toBeGreaterThan(10);
    const { asked, delivered, open } = told.needs;
    expect(delivered).toBe(told.devices['delivered']);
    expect(asked).toBe(delivered + open);
    expect(told.round.devices).toBeGreaterThanOrEqual(delivered);
    expect(told.round.jain).toBeGreaterThan(0);
    expect(Object.keys(told.invariants)).toEqual(expect.arrayContaining(['api: lot sums', 'intake: lot-sums']));
    expect(sum(told.invariants)).toBe(0);
    expect(told.seconds.total).toBeGreaterThan(0);

    const again = await demo(file, '--data', data, '--seed', '5', '--json');
    expect(again).toMatchObject({ status: 0, stderr: expect.stringContaining('Compagnie') });
    const { manifest, devices } = JSON.parse(again.stdout) as Told;
    expect({ manifest, devices }).toEqual({ manifest: told.manifest, devices: told.devices });
  }, LONG_MS);

  it('signs in where it is told, and there asks nobody to take part who was invited', async () => {
    const { url } = JSON.parse(await readFile(join(data, 'running.json'), 'utf8')) as { url: string };
    const file = await list('elsewhere.csv', Array.from({ length: 60 }, (_, i) => laptop(2000 + i)));
    const { status, stdout, stderr } = await demo(file, '--url', url, '--issuer', `${url}/oidc`, '--json');
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining('Atelier Lumière SA: 60 of 60 rows accepted') });
    expect((JSON.parse(stdout) as Told).needs).toMatchObject({ structures: 2 });
    expect(await demo(file, '--url', url, '--issuer', `${url}/nowhere`)).toMatchObject({ status: 1, stderr: expect.stringContaining('no-issuer') });
  }, LONG_MS);

  it('says why no row of a list can be accepted, and leaves nothing behind', async () => {
    const file = await list('nothing.csv', ['Grille-pain;Seb;TT;;1;Bon', 'Bouilloire;Seb;BT;;1;Bon']);
    const { status, stdout, stderr } = await demo(file, '--data', data);
    expect({ status, stderr }).toMatchObject({ status: 2, stderr: expect.stringContaining('0 of 2 rows accepted') });
    expect(stdout).toContain('line 3, Catégorie: unknown category (“Bouilloire”)');
  }, LONG_MS);

  it('starts a system where none runs, and stops it', async () => {
    const own = join(base, 'own');
    const { status, stdout, stderr } = await demo(await list('one.csv', [laptop(100)]), '--data', own);
    expect({ status, stderr }).toMatchObject({ status: 0, stderr: expect.stringContaining('starting one') });
    expect(stdout).toMatch(/= devices here +1\n/);
    expect(existsSync(join(own, 'running.json'))).toBe(false);
  }, LONG_MS);

  it('refuses wrong options and lists that are not there', async () => {
    expect(await demo('--seed', 'x')).toMatchObject({ status: 64, stderr: expect.stringContaining('--seed takes a whole number') });
    expect(await demo(join(base, 'none.csv'))).toMatchObject({ status: 64, stderr: expect.stringContaining('cannot be read') });
  }, LONG_MS);
});
