import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { SERVICES } from '@lacollecte/contracts';
import { Client } from './client.js';
import { setScene } from './people.js';
import { CRASHES, type Round, strikeAll } from './round.js';
import { System } from './system.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Long enough for a lost job's lock and a dead member's session to run out, on a machine that does much else. */
const PATIENCE_MS = 240_000;

let round: Round;

beforeAll(async () => {
  // What is killed is what is run: the built programs. Quick where nothing has changed.
  const built = spawnSync(process.execPath, ['tools/build.mjs'], { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
  if (built.status !== 0) throw new Error(`${built.stdout}${built.stderr}`);
  const system = await System.start();
  try {
    round = await strikeAll(system, await setScene(new Client(system)), { points: CRASHES, services: SERVICES }, 1);
  } finally {
    await system.stop();
  }
}, PATIENCE_MS);

it.each(CRASHES)('a service that dies at %s loses nothing and does nothing twice', (point) => {
  const trial = round.trials.find((one) => one.point === point);
  expect(trial).toMatchObject({ point, struck: true, violations: [] });
  expect(trial?.counts.answered).toBeGreaterThan(5);
});

it('what must be true at all times is true once all has settled', () => {
  expect(round.violations).toEqual([]);
});

it('requests whose answer was lost with a process were answered when they were asked again', () => {
  expect(round.trials.reduce((sum, { counts }) => sum + counts.askedAgain, 0)).toBeGreaterThan(0);
});
