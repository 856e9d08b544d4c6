import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import * as contracts from './index.js';
import { EVENTS, type EventDefinition, MAX_EVENT_BYTES, OBSERVERS, SERVICES, TOPICS, topicsConsumedBy, typesConsumedBy } from './index.js';

const events = [...EVENTS.values()];
const GOLDEN = new URL('../golden/', import.meta.url);
const stored = (type: string): unknown => JSON.parse(readFileSync(new URL(`${type}.json`, GOLDEN), 'utf8'));

describe('every event', () => {
  it('has a type and a topic of a service, and consumers that are services and not its own', () => {
    for (const { type, topic, consumers } of events) {
      const [service, aggregate] = topic.split('.');
      expect(SERVICES).toContain(service);
      expect(aggregate).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(type).toMatch(new RegExp(`^tech\\.lacollecte\\.${service}\\.[a-z]+(-[a-z]+)*\\.v[1-9]$`));
      expect(new Set(consumers).size).toBe(consumers.length);
      for (const consumer of consumers) expect(SERVICES.filter((name) => name !== service)).toContain(consumer);
    }
  });

  it('is in the catalogue under a type of its own', () => {
    const announcing = SERVICES.filter((service) => !OBSERVERS.includes(service));
    const declared = announcing.flatMap((service) => Object.values((contracts as unknown as Record<string, Record<string, unknown>>)[service]!))
      .filter((value) => typeof value === 'object' && value !== null && 'schema' in value) as EventDefinition[];
    expect(declared.map(({ type }) => type).sort()).toEqual([...EVENTS.keys()].sort());
    expect([...TOPICS]).toEqual([...new Set(declared.map(({ topic }) => topic))].sort());
    expect(announcing.flatMap(typesConsumedBy).length).toBe(events.reduce((sum, { consumers }) => sum + consumers.length, 0));
    for (const service of SERVICES) for (const topic of topicsConsumedBy(service)) expect(topic.startsWith(`${service}.`)).toBe(false);
  });

  it('is heard by every observer, which announces nothing and is named by none', () => {
    expect(OBSERVERS.length).toBeGreaterThan(0);
    for (const observer of OBSERVERS) {
      expect(typesConsumedBy(observer)).toEqual([...EVENTS.keys()]);
      expect(topicsConsumedBy(observer)).toEqual([...TOPICS]);
      for (const { topic, consumers } of events) expect([topic.startsWith(`${observer}.`), consumers.includes(observer)]).toEqual([false, false]);
    }
  });

  it('names the state of its aggregate, and carries the id it is about', () => {
    for (const { type, example } of events) expect({ type, example }).toMatchObject({ type, example: { state: expect.any(String) } });
  });
});

describe('a golden example', () => {
  it('is stored for every event, and every event that was ever stored still exists', () => {
    expect(readdirSync(GOLDEN).sort()).toEqual(events.map(({ type }) => `${type}.json`).sort());
  });

  it.each(events.map((event) => [event.type, event] as const))('of %s is still read, with nothing lost', (type, { schema, example }) => {
    expect(schema.parse(stored(type))).toMatchObject(stored(type) as object);
    expect(schema.parse(example)).toEqual(example);
  });
});

/** Words of a field's name that a person's data would go by. None is allowed: such data lives in its owner's tables. */
const PERSONAL = new Set([
  'name', 'names', 'firstname', 'lastname', 'surname', 'fullname', 'username', 'nickname', 'email', 'emails', 'mail', 'phone', 'phones', 'telephone', 'tel', 'mobile', 'fax', 'address',
  'addresses', 'street', 'city', 'town', 'signature', 'signed', 'birth', 'birthday', 'birthdate', 'born', 'gender', 'sex', 'nationality', 'photo', 'picture', 'contact', 'contacts', 'beneficiary',
  'recipient', 'iban', 'ip', 'password', 'secret', 'token', 'passport', 'latitude', 'longitude', 'comment', 'comments', 'note', 'notes', 'nom', 'prenom', 'adresse', 'courriel',
]);
const wordsOf = (field: string): string[] => field.replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2').toLowerCase().split(/[^a-z0-9]+/);

interface Node {
  readonly type?: string | readonly string[]; readonly properties?: Record<string, Node>; readonly items?: Node; readonly anyOf?: Node[]; readonly additionalProperties?: unknown;
  readonly enum?: readonly unknown[]; readonly const?: unknown; readonly format?: string; readonly pattern?: string; readonly maxLength?: number; readonly maxItems?: number; readonly maximum?: number;
}
const schemaOf = ({ schema }: EventDefinition): Node => z.toJSONSchema(schema, { io: 'input' }) as Node;

const isOf = ({ type }: Node, kind: string): boolean => type === kind || (Array.isArray(type) && type.includes(kind));

/** Every place of a schema, with its path. */
function* places(node: Node, path = ''): Generator<[string, Node]> {
  yield [path, node];
  for (const [name, member] of Object.entries(node.properties ?? {})) yield* places(member, `${path}/${name}`);
  if (node.items) yield* places(node.items, `${path}/-`);
  for (const choice of node.anyOf ?? []) yield* places(choice, path);
}

/** Most bytes of JSON that a schema admits, texts in ASCII. */
function mostBytes(node: Node): number {
  if (node.const !== undefined) return JSON.stringify(node.const).length;
  if (node.enum) return Math.max(...node.enum.map((value) => JSON.stringify(value).length));
  if (node.anyOf) return Math.max(...node.anyOf.map(mostBytes));
  if (node.properties) return 2 + Object.entries(node.properties).reduce((sum, [name, member]) => sum + name.length + 4 + mostBytes(member), 0);
  if (isOf(node, 'array')) return 2 + (node.maxItems ?? Infinity) * (1 + mostBytes(node.items!));
  if (isOf(node, 'string')) return 2 + (node.maxLength ?? (node.format === 'uuid' ? 36 : node.format === 'date-time' ? 40 : /^\^[^*+]*\$$/.test(node.pattern ?? '') ? 40 : Infinity));
  return 24;
}

describe('privacy and size', () => {
  it('no field could hold who somebody is', () => {
    const found = events.flatMap((event) => [...places(schemaOf(event))].map(([path]) => `${event.type}${path}`).filter((path) => wordsOf(path.slice(path.lastIndexOf('/') + 1)).some((word) => PERSONAL.has(word))));
    expect(found).toEqual([]);
    expect(['contactEmail', 'signedBy', 'structure-name', 'deliveryAddress'].filter((field) => wordsOf(field).some((word) => PERSONAL.has(word)))).toHaveLength(4);
  });

  it('no example looks like an address of somebody', () => {
    for (const { type, example } of events) expect({ type, text: JSON.stringify(example) }).toEqual({ type, text: expect.not.stringMatching(/@|\+33|\b0[1-9]( ?\d\d){4}\b/) });
  });

  it('nothing is open-ended: each text and list has a bound, and no object takes any key', () => {
    const open = events.flatMap((event) =>
      [...places(schemaOf(event))].flatMap(([path, node]) => {
        const text = isOf(node, 'string') && node.maxLength === undefined && node.format === undefined && node.pattern === undefined && node.enum === undefined && node.const === undefined;
        const list = isOf(node, 'array') && node.maxItems === undefined;
        const record = isOf(node, 'object') && node.properties === undefined;
        return text || list || record ? [`${event.type}${path}`] : [];
      }),
    );
    expect(open).toEqual([]);
  });

  it('the largest one fits', () => {
    const large = events.map((event) => ({ type: event.type, bytes: mostBytes(schemaOf(event)) })).filter(({ bytes }) => bytes > MAX_EVENT_BYTES);
    // Dispatch cuts this one by the number of items in all, which a schema cannot say.
    expect(large.map(({ type }) => type)).toEqual([contracts.dispatch.ReservationsFreed.type]);
    const { freed: [one], ...rest } = contracts.dispatch.ReservationsFreed.example;
    const items = (count: number) => Array.from({ length: count }, () => ({ ...one!.items![0]!, bin: 'x'.repeat(20) }));
    const largest = { ...rest, freed: Array.from({ length: 100 }, () => ({ ...one!, quantity: 1_000_000, items: items(5) })) };
    expect(JSON.stringify(contracts.dispatch.ReservationsFreed.schema.parse(largest)).length).toBeLessThan(MAX_EVENT_BYTES);
  });
});
