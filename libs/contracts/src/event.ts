import { z } from 'zod';

/** The contexts that own data, each in its own database; all but observers announce facts. */
export const SERVICES = ['directory', 'intake', 'refurbishment', 'inventory', 'matching', 'dispatch', 'traceability'] as const;
export type ServiceName = (typeof SERVICES)[number];
/** Hear every event of the contract, those to come too, and announce none: no definition names them. */
export const OBSERVERS: readonly ServiceName[] = ['traceability'];

/** CloudEvents type, e.g. `tech.lacollecte.intake.lot-submitted.v1`. */
export type EventType = `tech.lacollecte.${ServiceName}.${string}.v${number}`;

/** One event of the contract: where it travels, what it carries and who acts on it. */
export interface EventDefinition<S extends z.ZodType = z.ZodType> {
  readonly type: EventType;
  /** `<service>.<aggregate>`; the key of a message is the aggregate's id. */
  readonly topic: string;
  /** Services that act on it, possibly none; with the observers compared with the handlers at start. */
  readonly consumers: readonly ServiceName[];
  readonly schema: S;
  /** A golden example; every example ever stored must still parse. */
  readonly example: z.input<S>;
}

export type EventData<D extends EventDefinition> = z.output<D['schema']>;

/**
 * Declares an event of `topic`. `state` of the data is the aggregate's state after the command, so that a row can be
 * compared with its newest event.
 */
export function defineEvent<Shape extends z.ZodRawShape>(
  topic: `${ServiceName}.${string}`,
  name: string,
  consumers: readonly ServiceName[],
  shape: Shape,
  example: z.input<z.ZodObject<Shape>>,
): EventDefinition<z.ZodObject<Shape>> {
  const service = topic.split('.')[0] as ServiceName;
  return { type: `tech.lacollecte.${service}.${name}.v1`, topic, consumers, schema: z.object(shape), example };
}

/** Topics and their partitions. Partition counts never change on a live topic: a key would move. */
export const PARTITIONS = 12;
/** Most bytes of an event's data, on every transport. */
export const MAX_EVENT_BYTES = 64 * 1024;
