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

/** What the last look at a rule has found; nulls before the first. */
export interface RuleState {
  readonly name: string;
  readonly says: string;
  /** How many rows broke it, of how many that it speaks of. */
  readonly violations: number | null;
  readonly examined: number | null;
  readonly checkedAt: Date | null;
}

/** The service's own rules of the trade, checked while it runs; each in one statement, and so on one snapshot. */
export class Patrol {
  #timer: NodeJS.Timeout | undefined;
  #walking: Promise<void> = Promise.resolve();
  #found = new Map<string, { violations: number; examined: number; checkedAt: Date }>();
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
    if (this.#timer) return;
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
      ...[...this.#found].map(([rule, { violations }]): Reading => ({ metric: 'violations', value: violations, attributes: { rule } })),
      { metric: 'checkAge', value: (Date.now() - this.#endedAt) / 1000 },
    ];
  }

  /** Of each rule, since the last round that came to its end. */
  rules(): RuleState[] {
    return this.definition.invariants.map(({ name, says }) => ({ name, says, ...(this.#found.get(name) ?? { violations: null, examined: null, checkedAt: null }) }));
  }

  async walk(): Promise<void> {
    const found = new Map<string, { violations: number; examined: number; checkedAt: Date }>();
    for (const { name, examined: counting, violations: sql } of this.definition.invariants) {
      if (this.#stopped) return;
      const counted = await this.#look((tx) => tx.one<{ n: number | string }>(counting));
      const { rows, now } = await this.#look(async (tx) => ({ rows: await tx.query<{ id: string; detail: string }>(sql), now: tx.now }));
      found.set(name, { violations: rows.length, examined: Number(counted?.n ?? 0), checkedAt: now });
      if (rows[0]) this.log.error({ rule: name, violations: rows.length, first: rows[0] }, 'a rule of the trade is broken');
    }
    await this.#history();
    this.#found = found;
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
