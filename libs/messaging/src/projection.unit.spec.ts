import { directory, refurbishment } from '@lacollecte/contracts';
import type { ReceivedEvent } from './envelope.js';
import { from, fromSets, Journal, Projection, type Rows } from './projection.js';

const ROWS = {} as Rows;
const NAMES = new Map([[directory.SiteRegistered.type, 'registered'], [directory.SiteChanged.type, 'changed']]);

function told(type: string, version: number): ReceivedEvent {
  return { id: `${version}`, type, topic: 'directory.site', key: 'k', version, n: 0, occurredAt: new Date(0), correlationId: null, causationId: null, actor: null, traceparent: null, data: {} };
}
const REGISTERED = told(directory.SiteRegistered.type, 1);
const [SECOND, THIRD] = [told(directory.SiteChanged.type, 2), told(directory.SiteChanged.type, 3)];

it('tells its events in their order, one by one', async () => {
  const said: string[] = [];
  const one = (_: Rows, { type, version }: { type: string; version: number }) => Promise.resolve(said.push(`${NAMES.get(type as never)} ${version}`));
  await new Projection('site', from([directory.SiteRegistered, directory.SiteChanged], one)).apply(ROWS, [REGISTERED, SECOND, THIRD]);
  expect(said).toEqual(['registered 1', 'changed 2', 'changed 3']);
});

it('tells sets as far as one thing is done with them', async () => {
  const said: string[] = [];
  const set = (name: string) => (_: Rows, events: readonly { version: number }[]) => Promise.resolve(void said.push(`${name} ${events.map(({ version }) => version).join()}`));
  const projection = new Projection('site', fromSets([directory.SiteRegistered], set('first')), fromSets([directory.SiteChanged], set('then')));
  await projection.apply(ROWS, [REGISTERED, SECOND, THIRD, { ...REGISTERED, version: 4 }]);
  expect(said).toEqual(['first 1', 'then 2,3', 'first 4']);
  expect(projection).toMatchObject({ table: 'site', rowOf: 'key', types: [directory.SiteRegistered.type, directory.SiteChanged.type] });
});

it('as a journal takes events of several topics, a row each', async () => {
  const said: string[] = [];
  const journal = new Journal('diary', from([directory.SiteChanged, refurbishment.DeviceReady], (_, { id }) => Promise.resolve(said.push(id))));
  await journal.apply(ROWS, [SECOND, told(refurbishment.DeviceReady.type, 7)]);
  expect([said, journal.rowOf]).toEqual([['2', '7'], 'event']);
  expect(() => new Journal('diary')).toThrow('the journal diary is to be made of events');
});

it('is made of one topic, and of what it names', async () => {
  const nothing = () => Promise.resolve();
  expect(() => new Projection('device', from([refurbishment.DeviceReady], nothing), from([directory.SiteChanged], nothing))).toThrow('the projection device is to be made of one topic');
  expect(() => new Projection('device')).toThrow('one topic');
  await expect(new Projection('site', from([directory.SiteChanged], nothing)).apply(ROWS, [REGISTERED])).rejects.toThrow(`the projection site is not made of ${REGISTERED.type}`);
});
