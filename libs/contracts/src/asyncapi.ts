import { z } from 'zod';
import { EVENTS, hearersOf, TOPICS } from './catalogue.js';
import { type EventDefinition, MAX_EVENT_BYTES, PARTITIONS, SERVICES, type ServiceName } from './event.js';

/** Attributes of CloudEvents 1.0 in binary mode, each a header of the message. */
const HEADERS = {
  type: 'object',
  required: ['ce_specversion', 'ce_id', 'ce_source', 'ce_type', 'ce_subject', 'ce_time', 'ce_version', 'ce_sequence', 'content-type'],
  properties: {
    ce_specversion: { const: '1.0' },
    ce_id: { type: 'string', format: 'uuid', description: 'UUIDv7; a consumer applies it once' },
    ce_source: { enum: SERVICES.map((service) => `/${service}`) },
    ce_type: { type: 'string' },
    ce_subject: { type: 'string', format: 'uuid', description: 'Id of the aggregate, also the key of the message' },
    ce_time: { type: 'string', format: 'date-time' },
    ce_version: { type: 'string', pattern: '^[1-9][0-9]*$', description: 'Version of the aggregate that this announces; dense per key' },
    ce_sequence: { type: 'string', pattern: '^[0-9]+$', description: 'Place among the events of one version, from 0' },
    ce_correlationid: { type: 'string', description: 'The lot, need or shipment it began with: the same through all services' },
    ce_actor: { type: 'string', description: "Who acted: a subject's id, never a name; `system` where nobody did" },
    ce_causationid: { type: 'string', description: 'The event, job or request that led to it' },
    traceparent: { type: 'string', description: 'W3C trace context' },
    'content-type': { const: 'application/json' },
  },
};

const nameOf = ({ type }: EventDefinition): string => type.slice('tech.lacollecte.'.length);

/** Of what is sent: a consumer must take fields it does not know. A format says what its pattern repeats. */
function payloadOf({ schema }: EventDefinition): object {
  const { $schema: _, ...payload } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  return payload;
}

/** Most events of an aggregate carry the same: such data is described once, under the name of the first event that has it. */
function schemaNames(): ReadonlyMap<EventDefinition, { readonly name: string; readonly payload: object }> {
  const first = new Map<string, { name: string; payload: object }>();
  return new Map(
    [...EVENTS.values()].map((event) => {
      const payload = payloadOf(event);
      const key = `${event.topic} ${JSON.stringify(payload)}`;
      const named = first.get(key) ?? { name: nameOf(event), payload };
      first.set(key, named);
      return [event, named];
    }),
  );
}

function messageOf(event: EventDefinition, schema: string): object {
  return {
    name: event.type,
    contentType: 'application/json',
    headers: { allOf: [{ $ref: '#/components/schemas/CloudEventHeaders' }, { type: 'object', properties: { ce_type: { const: event.type } } }] },
    payload: { $ref: `#/components/schemas/${schema}` },
    bindings: { kafka: { key: { type: 'string', format: 'uuid' } } },
    examples: [{ payload: event.example }],
    'x-consumers': hearersOf(event),
  };
}

function channelOf(topic: string): object {
  const events = [...EVENTS.values()].filter((event) => event.topic === topic);
  return {
    address: topic,
    messages: Object.fromEntries(events.map((event) => [nameOf(event), { $ref: `#/components/messages/${nameOf(event)}` }])),
    bindings: { kafka: { topic, partitions: PARTITIONS } },
  };
}

/** What a service sends to and receives from each topic. */
function operationsOf(service: ServiceName): [string, object][] {
  return TOPICS.flatMap((topic): [string, object][] => {
    const events = [...EVENTS.values()].filter((event) => event.topic === topic);
    const sends = topic.startsWith(`${service}.`);
    const messages = events.filter((event) => sends || hearersOf(event).includes(service)).map((event) => ({ $ref: `#/channels/${topic}/messages/${nameOf(event)}` }));
    if (messages.length === 0) return [];
    const action = sends ? 'send' : 'receive';
    const bindings = sends ? {} : { bindings: { kafka: { groupId: { type: 'string', const: service } } } };
    return [[`${service}.${action}.${topic}`, { action, channel: { $ref: `#/channels/${topic}` }, messages, ...bindings }]];
  });
}

/** The AsyncAPI 3.0 document of every event, made from the catalogue alone; the same each time. */
export function asyncApiOf(version: string): object {
  const schemas = schemaNames();
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'LaCollecte events',
      version,
      description:
        'What each service decided, as CloudEvents 1.0 in binary mode on one topic an aggregate. Delivered at least once, in order per key and in no order between keys or topics. '
        + `The data of an event has at most ${MAX_EVENT_BYTES} bytes.`,
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    channels: Object.fromEntries(TOPICS.map((topic) => [topic, channelOf(topic)])),
    operations: Object.fromEntries(SERVICES.flatMap(operationsOf)),
    components: {
      messages: Object.fromEntries([...schemas].map(([event, { name }]) => [nameOf(event), messageOf(event, name)])),
      schemas: { CloudEventHeaders: HEADERS, ...Object.fromEntries([...schemas.values()].map(({ name, payload }) => [name, payload])) },
    },
  };
}
