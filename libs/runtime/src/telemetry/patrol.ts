import { NO_CAUSE, type Pool, SYSTEM, type Tx } from '@lacollecte/database';
import type { Log } from '../log.js';
import type { ServiceDefinition } from '../service.js';
import type { Reading } from './gauges.js';

/** How often a running service looks whether its rules hold. `npm run check` looks at everything; this is to hear of it at once. */
export const PATROL_EVERY_MS = 300_000;
/** A rule that takes longer is not checked in service: it would hold up a stop. */
const MOST_SECONDS = 20;
/** Of the history, at most so much in one round. */
const MOST_EVENTS = 20_000;

/** What is older than this has been committed, if it ever is: no transaction lasts so long. */
const SETTLED = `select coalesce(max(position), 0)::text as position from outbox where position <= $1::bigint + ${MOST_EVENTS} and position > $1::bigint and occurred_at < now() - interval '2 minutes'`;
const NEWEST = `select coalesce(max(position), 0)::text as position from outbox`;
const ILLEGAL = `select count(*)::int as n from (
    select e.data::jsonb ->> 'state' as state,
      coalesce((select b.data::jsonb ->> 'state' from outbox b where b.topic = e.topic and b.key = e.key and (b.version, b.n) < (e.version, e.n)
        order by b.version desc, b.n desc limit 1), '') as before
    from outbox e where e.topic = $1 and e.position > $2::bigint and e.position <= $3::bigint) steps
  where before <> state and not coalesce($4::jsonb -> before ? state, false)`;

/** The service's own rules of the trade, checked while it runs; each in one statement, and so on one snapshot. */
export class Patrol {
  #timer: NodeJS.Timeout | undefined;
  #walking: Promise<void> = Promise.resolve();
  #violations = new Map<string, number>();
  #endedAt: number | null = null;
  /** Of the outbox: what was announced after this start is looked at. */
  #position: string | null = null;
  #stopped = false;

  constructor(
    private readonly definition: ServiceDefinition,
    private readonly worker: Pool,
    private readonly log: Log,
    private readonly illegal: (topic: string, transitions: number) => void,
  ) {}

  start(everyMs = PATROL_EVERY_MS): void {
    const begin = (): void => {
      this.#walking = this.#walking.then(() => this.walk()).catch((err: unknown) => this.log.warn({ err }, 'checking the rules failed for now'));
    };
    begin();
    this.#timer = setInterval(begin, everyMs);
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    await this.#walking;
  }

  /** What is known since the last round that came to its end. */
  readings(): Reading[] {
    if (this.#endedAt === null) return [];
    return [
      ...[...this.#violations].map(([rule, value]): Reading => ({ metric: 'violations', value, attributes: { rule } })),
      { metric: 'checkAge', value: (Date.now() - this.#endedAt) / 1000 },
    ];
  }

  async walk(): Promise<void> {
    const violations = new Map<string, number>();
    for (const { name, violations: sql } of this.definition.invariants) {
      if (this.#stopped) return;
      const rows = await this.#look((tx) => tx.query<{ id: string; detail: string }>(sql));
      violations.set(name, rows.length);
      if (rows[0]) this.log.error({ rule: name, violations: rows.length, first: rows[0] }, 'a rule of the trade is broken');
    }
    await this.#history();
    this.#violations = violations;
    this.#endedAt = Date.now();
  }

  async #history(): Promise<void> {
    this.#position ??= await this.#look(async (tx) => (await tx.one<{ position: string }>(NEWEST))!.position);
    const from = this.#position;
    const to = await this.#look(async (tx) => (await tx.one<{ position: string }>(SETTLED, [from]))!.position);
    if (to === '0') return;
    for (const { topic, transitions } of this.definition.aggregates) {
      const row = await this.#look((tx) => tx.one<{ n: number }>(ILLEGAL, [topic, from, to, JSON.stringify(transitions)]));
      if (!row!.n) continue;
      this.illegal(topic, row!.n);
      this.log.error({ topic, transitions: row!.n, from, to }, 'changes of state that the state machine does not have');
    }
    this.#position = to;
  }

  #look<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.worker.transaction(SYSTEM, NO_CAUSE, async (tx) => {
      await tx.query(`set local statement_timeout = '${MOST_SECONDS}s'`);
      return work(tx);
    });
  }
}
