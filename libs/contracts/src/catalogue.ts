import * as directory from './directory.js';
import * as dispatch from './dispatch.js';
import { type EventDefinition, OBSERVERS, type ServiceName } from './event.js';
import * as intake from './intake.js';
import * as inventory from './inventory.js';
import * as matching from './matching.js';
import * as refurbishment from './refurbishment.js';

function definitions(module: Record<string, unknown>): EventDefinition[] {
  return Object.values(module).filter((value): value is EventDefinition => typeof value === 'object' && value !== null && 'consumers' in value);
}

/** Every event of the contract by its type. */
export const EVENTS: ReadonlyMap<string, EventDefinition> = new Map(
  [directory, intake, refurbishment, inventory, matching, dispatch].flatMap(definitions).map((event) => [event.type, event]),
);

/** Every topic of the contract, in alphabetical order. */
export const TOPICS: readonly string[] = [...new Set([...EVENTS.values()].map((event) => event.topic))].sort();

/** Who hears an event: those that act on it, and all observers. */
export function hearersOf({ consumers }: EventDefinition): readonly ServiceName[] {
  return [...consumers, ...OBSERVERS];
}

/** Types that `service` must have a handler for. */
export function typesConsumedBy(service: ServiceName): string[] {
  return [...EVENTS.values()].filter((event) => hearersOf(event).includes(service)).map((event) => event.type);
}

/** Topics that `service` subscribes to. */
export function topicsConsumedBy(service: ServiceName): string[] {
  return [...new Set(typesConsumedBy(service).map((type) => EVENTS.get(type)!.topic))].sort();
}
