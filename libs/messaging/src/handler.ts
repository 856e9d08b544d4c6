import type { ReceivedEvent } from './envelope.js';
import type { Projection } from './projection.js';
import type { Tx } from '@lacollecte/database';

/** A row that a handler will change: table and id. Locked in order before any handler of the batch runs. */
export type RowLock = readonly [table: string, id: string];

/** Second argument of `@EventPattern`: what the handler locks; `batch` hands it a run of events of its types as one array. */
export interface HandlerOptions<Data> {
  readonly locks?: (data: Data) => readonly RowLock[];
  readonly batch?: boolean;
  /** The projections that it writes, each by `apply`. */
  readonly projections?: readonly Projection[];
}

/** `@EventPattern(DeviceReceived.type, handles<EventData<typeof DeviceReceived>>({ locks: (e) => [['device', e.deviceId]] }))` */
export function handles<Data>(options: HandlerOptions<Data>): HandlerOptions<Data> {
  return options;
}

/** A handler that writes a projection: `@EventPattern(SiteChanged.type, projects(site))`. Nothing else writes one. */
export function projects<Data>(projection: Projection | readonly Projection[], options: HandlerOptions<Data> = {}): HandlerOptions<Data> {
  return { ...options, projections: [projection].flat() };
}

/** One event and the transaction it is applied in, with the event as its cause. */
export interface Applied {
  readonly tx: Tx;
  readonly event: ReceivedEvent;
}

/** `@Ctx()` of a handler. A `batch` handler gets its events in `each`, in the order of its data. */
export interface EventContext extends Applied {
  readonly each: readonly Applied[];
}
