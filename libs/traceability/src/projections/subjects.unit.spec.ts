import { EVENTS, matching, refurbishment } from '@lacollecte/contracts';
import { z } from 'zod';
import { NO_SUBJECTS, SUBJECTS, subjectsOf } from './subjects.js';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Each id of an example, by the name of the field it is in; each is given an id of its own. */
function* ids(value: unknown, name = ''): Generator<string> {
  if (typeof value === 'string' && UUID.test(value)) yield name;
  else if (Array.isArray(value)) for (const one of value) yield* ids(one, name);
  else if (typeof value === 'object' && value !== null) for (const [field, member] of Object.entries(value)) yield* ids(member, field);
}

const examples = [...EVENTS.values()].map((event) => [event.type, event] as const);

test.each(examples)('of %s each id is of a subject, or is known not to be', (_, { example }) => {
  for (const name of ids(example)) expect(SUBJECTS.has(name) !== NO_SUBJECTS.has(name) || name).toBe(true);
});

test.each(examples)('%s is about its key, and about nothing that has no id', (_, { topic, example }) => {
  const found = subjectsOf({ topic, key: '0192f3a0-0000-7000-8000-0000000000ff', data: example });
  expect(found[0]).toBe('0192f3a0-0000-7000-8000-0000000000ff');
  expect(found.filter((id) => !UUID.test(id))).toEqual([]);
  expect(new Set(found).size).toBe(found.length);
});

test('every field that is said to be one is a field of some event', () => {
  const named = new Set(examples.flatMap(([, { schema }]) => JSON.stringify(z.toJSONSchema(schema, { io: 'input' })).match(/"\w+":/g)!.map((name) => name.slice(1, -2))));
  expect([...SUBJECTS, ...NO_SUBJECTS].filter((name) => !named.has(name))).toEqual([]);
});

test('an allocation is about its need and structure; a device, not about its lot', () => {
  const [key, needId, structureId, roundId] = ['1', '2', '3', '4'];
  expect(subjectsOf({ topic: matching.AllocationProposed.topic, key: key!, data: { allocationId: key, needId, structureId, roundId, siteId: '5', lineId: '6', state: 'held' } })).toEqual(['1', '2', '3', '4']);
  expect(subjectsOf({ topic: refurbishment.DeviceReady.topic, key: '1', data: { deviceId: '1', lotId: '2', donorId: '3', siteId: '4' } })).toEqual(['1']);
});
