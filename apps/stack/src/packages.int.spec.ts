import { join } from 'node:path';
import { Missing } from '@lacollecte/servers';
import { Shims } from '../fixtures/shims.js';
import { Packages } from './packages.js';
import type { Consent } from './site.js';

/** All that can be reached: a Debian 13, which has no Java 17. */
const scripts = { 'apt-get': 'exit 0', 'apt-cache': '[ "$2" != openjdk-17-jre-headless ]', sudo: 'exec "$@"', env: 'shift; exec "$@"' };
const missing = new Missing('Kafka needs Java', [['openjdk-17-jre-headless', 'openjdk-21-jre-headless'], ['maven']]);
let shims: Shims;

beforeEach(() => {
  shims = new Shims(scripts);
});
afterEach(() => shims.remove());

function packages(consent: Consent, path = shims.folder): Packages {
  return new Packages({ consent, env: { PATH: path }, signal: new AbortController().signal, say: () => undefined });
}

const installs = (): string[] => shims.asked().filter((line) => line.startsWith('apt-get -q'));

test('with a yes, what there is of each is installed', async () => {
  expect(await packages('given').install(missing)).toBe(true);
  expect(installs()).toEqual(['apt-get -q update', 'apt-get -q install -y --no-upgrade --no-install-recommends openjdk-21-jre-headless maven']);
});

test('without, nothing is even looked at', async () => {
  expect(await packages('refused').install(missing)).toBe(false);
  expect(shims.asked()).toEqual([]);
});

test('nothing is installed where there is no apt-get', async () => {
  expect(await packages('given', join(shims.folder, 'nowhere')).install(missing)).toBe(false);
});

test('what says what is missing names the packages', () => {
  expect(missing.message).toBe('Kafka needs Java (Debian: openjdk-17-jre-headless, maven)');
});
