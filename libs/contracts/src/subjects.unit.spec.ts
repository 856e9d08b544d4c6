import { EVENTS } from './catalogue.js';
import * as intake from './intake.js';
import { z } from 'zod';
import { IDENTIFIER_FIELDS, identifierKey, namedIn, SUBJECT_FIELDS, UNFOLLOWED } from './subjects.js';

interface Node { readonly properties?: Record<string, Node>; readonly items?: Node; readonly anyOf?: Node[]; readonly format?: string }

/** Names of fields that hold an id, with their path. */
function* ids(node: Node, field = ''): Generator<string> {
  if (node.format === 'uuid') yield field;
  for (const [name, member] of Object.entries(node.properties ?? {})) yield* ids(member, name);
  if (node.items) yield* ids(node.items, field);
  for (const choice of node.anyOf ?? []) yield* ids(choice, field);
}

/** The same shape with another id in each place that has one. */
function withOwnIds(value: unknown, made: Map<string, string>, field = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => withOwnIds(one, made, field));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withOwnIds(member, made, name)]));
  if (typeof value !== 'string' || !/^[0-9a-f]{8}-/.test(value)) return value;
  const id = `00000000-0000-7000-8000-${String(made.size + 1).padStart(12, '0')}`;
  made.set(id, field);
  return id;
}

const events = [...EVENTS.values()];

it('knows each field of the contract that holds an id, and no other', () => {
  const fields = new Set(events.flatMap(({ schema }) => [...ids(z.toJSONSchema(schema, { io: 'input' }) as Node)]));
  expect([...fields].sort()).toEqual([...Object.keys(SUBJECT_FIELDS), ...UNFOLLOWED].sort());
});

it.each(events.map((event) => [event.type, event] as const))('finds everything that %s names', (_type, { example }) => {
  const made = new Map<string, string>();
  const { subjects } = namedIn(withOwnIds(example, made));
  expect(made.size).toBeGreaterThan(0);
  expect(Object.fromEntries(subjects)).toEqual(Object.fromEntries([...made].filter(([, field]) => !UNFOLLOWED.has(field)).map(([id, field]) => [id, SUBJECT_FIELDS[field]])));
});

it('finds a device by its label, serial, IMEI and aliases, however they are typed', () => {
  const { identifiers } = namedIn({ ...intake.DeviceReceived.example, imei: '35-209900-176148-1', aliases: ['GRPC26-0008', ' - '] });
  expect([...identifiers]).toEqual(['LC7K3M9QAT', 'ESH7460', '352099001761481', 'GRPC260008']);
  expect(identifierKey('esh 74.60')).toBe('ESH7460');
  const fields = new Set(events.flatMap(({ example }) => Object.keys(example as object)));
  expect([...IDENTIFIER_FIELDS].filter((field) => !fields.has(field))).toEqual([]);
});
