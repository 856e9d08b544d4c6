import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Missing } from '@lacollecte/servers';
import { Client } from '../client.js';
import { type Scene, setScene } from '../people.js';
import { System } from '../system.js';
import { Distributed } from './distributed.js';
import { COMMON } from './index.js';
import { tryFault } from './trial.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
/** Long enough for dead members' sessions and lost jobs' locks to run out, on a machine that does much else. */
const PATIENCE_MS = 240_000;

// What is struck is what is run: the built programs. Quick where nothing has changed.
const built = spawnSync(process.execPath, ['tools/build.mjs'], { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
if (built.status !== 0) throw new Error(`${built.stdout}${built.stderr}`);

const started = await System.start(Distributed.start).catch((error: unknown) => {
  if (error instanceof Missing && !process.env['CI']) return error;
  throw error;
});
// Where it can't be had it is said and counts as skipped; in continuous integration that is a failure.
const [on, without] = started instanceof Missing ? [describe.skip, ` (skipped: ${started.message})`] : [describe, ''];

on(`on Kafka, Redis and PostgreSQL, each service a process, nothing is lost and nothing done twice${without}`, () => {
  const system = started as System<Distributed>;
  let scene: Scene;
  beforeAll(async () => {
    scene = await setScene(new Client(system));
  }, PATIENCE_MS);
  afterAll(() => system.stop(), PATIENCE_MS);

  it.each(COMMON.map((fault, seed) => ({ fault, seed, name: fault.name })))('$name', async ({ fault, seed }) => {
    const { proof, violations, recoverMs, counts } = await tryFault(system, scene, fault, seed + 1);
    expect({ violations, struck: proof !== null, recovered: recoverMs !== null }).toEqual({ violations: [], struck: true, recovered: true });
    expect(counts.answered).toBeGreaterThan(5);
  }, PATIENCE_MS);
});
