import type { EventData, EventDefinition } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { ReceivedEvent } from './envelope.js';

/** All that a projection may do: statements on its own table. It has no clock, and can neither announce nor enqueue. */
export type Rows = Pick<Tx, 'query' | 'one' | 'execute'>;

/** An event whose type is known. */
export type Told<Data> = Omit<ReceivedEvent, 'data'> & { readonly data: Data };

/** What events of some types do to a projection; given in the order of each key. */
export interface Telling {
  readonly definitions: readonly EventDefinition[];
  apply(rows: Rows, events: readonly ReceivedEvent[]): Promise<void>;
}

/** What each event of these types does, one after the other. */
export function from<D extends EventDefinition>(definitions: readonly D[], one: (rows: Rows, event: Told<EventData<D>>) => Promise<unknown>): Telling {
  return fromSets(definitions, async (rows, events) => {
    for (const event of events) await one(rows, event);
  });
}

/** What a set of events of these types does at once. */
export function fromSets<D extends EventDefinition>(definitions: readonly D[], apply: (rows: Rows, events: readonly Told<EventData<D>>[]) => Promise<void>): Telling {
  return { definitions, apply: (rows, events) => apply(rows, events as readonly Told<EventData<D>>[]) };
}

/**
 * A table that keeps what others have told: each row, by its `id`, is a function of the events of that key alone. So it can be
 * made again from the inbox, and `npm run replay` does, in a schema that holds nothing else.
 */
export class Projection {
  /** What a row's `id` is: the key of its events, or its one event. */
  readonly rowOf: 'key' | 'event' = 'key';
  readonly #byType = new Map<string, Telling>();

  constructor(
    readonly table: string,
    ...tellings: readonly Telling[]
  ) {
    const definitions = tellings.flatMap((telling) => telling.definitions);
    this.requireTopics(new Set(definitions.map((definition) => definition.topic)).size);
    for (const telling of tellings) for (const { type } of telling.definitions) this.#byType.set(type, telling);
  }

  /** Between topics there is no order: what several tell of one key is no function of it. */
  protected requireTopics(topics: number): void {
    if (topics !== 1) throw new Error(`the projection ${this.table} is to be made of one topic`);
  }

  /** Of the events it is made of. */
  get types(): readonly string[] {
    return [...this.#byType.keys()];
  }

  /** Writes down what these events tell, each checked against the contract before. */
  async apply(rows: Rows, events: readonly ReceivedEvent[]): Promise<void> {
    for (let i = 0; i < events.length; ) {
      const telling = this.#tellingOf(events[i]!);
      let end = i + 1;
      while (end < events.length && this.#tellingOf(events[end]!) === telling) end++;
      await telling.apply(rows, events.slice(i, end));
      i = end;
    }
  }

  #tellingOf({ type }: ReceivedEvent): Telling {
    const telling = this.#byType.get(type);
    if (!telling) throw new Error(`the projection ${this.table} is not made of ${type}`);
    return telling;
  }
}

/** A table to which each event of any topic adds a row of its own, by the event's id: a function of that event alone. */
export class Journal extends Projection {
  override readonly rowOf = 'event';

  protected override requireTopics(topics: number): void {
    if (topics === 0) throw new Error(`the journal ${this.table} is to be made of events`);
  }
}
