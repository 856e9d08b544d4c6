import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import { asyncApiOf } from './asyncapi.js';
import { EVENTS, TOPICS, typesConsumedBy } from './catalogue.js';
import { SERVICES } from './event.js';

interface Reference { $ref: string }
interface Document {
  channels: Record<string, { messages: Record<string, Reference> }>;
  operations: Record<string, { action: string; channel: Reference; messages: Reference[] }>;
  components: { messages: Record<string, { name: string; payload: Reference; examples: { payload: unknown }[] }>; schemas: Record<string, object> };
}

const document = asyncApiOf('1.2.3') as Document;
/** What a reference leads to. */
const at = ({ $ref }: Reference): unknown => $ref.slice(2).split('/').reduce<unknown>((place, key) => (place as Record<string, unknown>)[key], document);

describe('the AsyncAPI document', () => {
  it('is valid AsyncAPI 3.0', () => {
    const { schemasWithoutId } = createRequire(import.meta.url)('@asyncapi/specs') as { schemasWithoutId: Record<string, object> };
    const validate = new Ajv({ strict: false, validateFormats: false, logger: false }).compile(schemasWithoutId['3.0.0']!);
    expect(validate(document) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...document, channels: { x: { address: 7 } } })).toBe(false);
  });

  it('has every topic, and every event once with a schema that takes its example', () => {
    expect(Object.keys(document.channels)).toEqual(TOPICS);
    const messages = Object.values(document.channels).flatMap((channel) => Object.values(channel.messages).map((message) => at(message) as Document['components']['messages'][string]));
    expect(messages.map(({ name }) => name).sort()).toEqual([...EVENTS.keys()].sort());
    const ajv = new Ajv({ strict: false, validateFormats: false });
    for (const { name, payload, examples } of messages) {
      const validate = ajv.compile(at(payload) as object);
      expect({ name, valid: validate(examples[0]!.payload), errors: validate.errors }).toEqual({ name, valid: true, errors: null });
      // Additive changes keep the version: who knows fewer fields must take them.
      expect({ name, valid: validate({ ...(examples[0]!.payload as object), addedLater: 1 }) }).toEqual({ name, valid: true });
      expect({ name, valid: validate({}) }).toEqual({ name, valid: false });
    }
  });

  it('says what each service sends and receives', () => {
    const operations = Object.entries(document.operations);
    const named = (service: string, action: string): string[] =>
      operations.filter(([id]) => id.startsWith(`${service}.${action}.`)).flatMap(([, { messages }]) => messages.map((message) => (at(at(message) as Reference) as { name: string }).name)).sort();
    for (const service of SERVICES) {
      expect({ service, sends: named(service, 'send') }).toEqual({ service, sends: [...EVENTS.keys()].filter((type) => type.split('.')[2] === service).sort() });
      expect({ service, receives: named(service, 'receive') }).toEqual({ service, receives: typesConsumedBy(service).sort() });
    }
    for (const [id, { action, channel, messages }] of operations) {
      expect(id.split('.')[1]).toBe(action);
      for (const { $ref } of messages) expect($ref.startsWith(`${channel.$ref}/messages/`)).toBe(true);
    }
  });

  it('is the same each time', () => {
    expect(JSON.stringify(asyncApiOf('1.2.3'))).toBe(JSON.stringify(document));
  });
});
