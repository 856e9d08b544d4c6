import type { AppliedBatch, Decoded, OutboxRow } from '@lacollecte/messaging';

/** One thing that flowed: what a console draws. */
export interface FlowItem {
  /** Who published, applied or parked it. */
  readonly service: string;
  readonly id: string;
  readonly type: string | null;
  readonly topic: string;
  readonly key: string;
  readonly at: string;
  readonly hop: 'published' | 'applied' | 'parked';
}

/** Somebody who watches: must not wait, and lets pass what they cannot take for now. */
export type Watcher = (items: readonly FlowItem[]) => void;

/** Who watches one process at once, at most. */
export const MOST_WATCHERS = 20;
/** Of one batch, at most: a drawing shows no more. */
const MOST_AT_ONCE = 100;

/** What flows through this process, for those who watch. Costs nothing while nobody does, and nobody is ever waited for. */
export class Flow {
  readonly #watchers = new Map<Watcher, () => void>();

  constructor(private readonly service: string) {}

  /** `ended` is called when the process stops. False: too many watch already. */
  watch(watcher: Watcher, ended: () => void): boolean {
    if (this.#watchers.size >= MOST_WATCHERS) return false;
    this.#watchers.set(watcher, ended);
    return true;
  }

  unwatch(watcher: Watcher): void {
    this.#watchers.delete(watcher);
  }

  published(rows: readonly OutboxRow[]): void {
    this.#tell(rows, 'published', (row) => row);
  }

  applied({ events }: AppliedBatch): void {
    this.#tell(events, 'applied', (event) => event);
  }

  parked(decoded: Decoded): void {
    this.#tell([decoded], 'parked', ({ id, type, key, record: { topic } }) => ({ id, type, key, topic }));
  }

  close(): void {
    for (const ended of this.#watchers.values()) ended();
    this.#watchers.clear();
  }

  #tell<T>(things: readonly T[], hop: FlowItem['hop'], of: (thing: T) => Pick<FlowItem, 'id' | 'type' | 'topic' | 'key'>): void {
    if (this.#watchers.size === 0 || things.length === 0) return;
    const at = new Date().toISOString();
    const items = things.slice(0, MOST_AT_ONCE).map((thing): FlowItem => {
      const { id, type, topic, key } = of(thing);
      return { service: this.service, id, type, topic, key, at, hop };
    });
    for (const watcher of this.#watchers.keys()) watcher(items);
  }
}
