import { replay } from '../fixtures/replay.js';
import { type Storm, storm } from '../fixtures/storm.js';
import { TestSystem } from '../fixtures/system.js';
import { tale } from '../fixtures/tale.js';
import { waiting } from '../fixtures/waiting.js';
import { settled } from './backlog.js';
import { check } from './check.js';

const SEED = Number(process.env['STORM_SEED'] ?? 20_200_317);
const SECONDS = Number(process.env['STORM_SECONDS'] ?? 30);
const OFTEN = ['prepare', 'recall', 'contest', 'match', 'accept', 'start picking', 'pack', 'seal', 'hand over', 'deliver', 'cancel need', 'cancel shipment'];

let system: TestSystem;
let passed: Storm;

beforeAll(async () => {
  system = await TestSystem.start();
  passed = await storm(system, SEED, { devicesPerSite: 14, seconds: SECONDS, often: OFTEN });
}, 300_000 + SECONDS * 1_000);
afterAll(() => system.close());

it('nothing is left in flight, and every rule holds', async () => {
  expect(await settled(system.urls, 60_000, () => undefined)).toBeUndefined();
  const { rules, inFlight } = await check(system.urls);
  expect(inFlight).toEqual([]);
  const broken = rules.flatMap(({ name, violations }) => violations.map(({ id, detail }) => ({ id, what: `${name}: ${detail}` })));
  const tales = await Promise.all(broken.slice(0, 3).map(async ({ id, what }) => `${what}\n${await tale(system, id)}`));
  expect(tales.join('\n\n')).toBe('');
}, 90_000);

it('what each service keeps of the others can be made again', async () => {
  expect(await replay(system.urls, [])).toMatchObject({ status: 0, err: '', out: expect.stringMatching(/\nEvery row compared is as the events say/) });
});

it('nobody waits for an answer that never comes', async () => {
  const left = await waiting(system);
  const tales = await Promise.all(left.slice(0, 3).map(async ({ id, what }) => `${what}\n${await tale(system, id)}`));
  expect(tales.join('\n\n')).toBe('');
});

it('much was done, and no answer was a failure', () => {
  expect(passed.failures).toEqual([]);
  expect(OFTEN.filter((name) => !passed.done[name])).toEqual([]);
});
