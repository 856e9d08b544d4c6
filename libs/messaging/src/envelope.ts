/** An event as a consumer gets it: CloudEvents attributes and our extensions. */
export interface ReceivedEvent {
  readonly id: string;
  readonly type: string;
  readonly topic: string;
  readonly key: string;
  /** The aggregate's version after the command, and the event's place among those of that command. */
  readonly version: number;
  readonly n: number;
  readonly occurredAt: Date;
  readonly correlationId: string | null;
  readonly causationId: string | null;
  /** Subject of who acted, an opaque id; `system` where nobody did, null in events from before this was told. */
  readonly actor: string | null;
  readonly traceparent: string | null;
  readonly data: unknown;
}
