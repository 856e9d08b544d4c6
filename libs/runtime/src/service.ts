import type { Type } from '@nestjs/common';
import type { ProblemCatalogue, ServiceName } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { JobProcessor, Projection } from '@lacollecte/messaging';
import type { z } from 'zod';

/** An aggregate's table: `id uuid`, `version int`, `state text`; the key of its topic is its id. Compared by `npm run check`. */
export interface AggregateTable {
  readonly table: string;
  readonly topic: string;
  /** Legal next states of each state; `''` has the states it may begin with. Staying in a state is always legal. */
  readonly transitions: Readonly<Record<string, readonly string[]>>;
}

/** A rule of the trade that holds at all times within the service's database, for `npm run check`. Read-only SQL, run as superuser. */
export interface Invariant {
  /** Stable, kebab-case: `lot-sums`. */
  readonly name: string;
  /** One English sentence. */
  readonly says: string;
  /** Gives one row `n`: how many rows the rule speaks of (0 means that nothing was checked). */
  readonly examined: string;
  /** Gives a row `id, detail` (text) for each violation. */
  readonly violations: string;
}

/** Work that a timer starts, one process at a time: deadlines are columns, and this watches them. */
export interface Sweep {
  readonly name: string;
  readonly everySeconds: number;
  /** Handles some of what is due (at most a few hundred rows) in one transaction; returns how many. Run again at once while > 0. */
  run(tx: Tx): Promise<number>;
}

/** A figure that operations may change without a release: an estimate (a) of the domain. */
export interface SettingDefinition<S extends z.ZodType = z.ZodType> {
  readonly schema: S;
  readonly default: z.output<S>;
  readonly description: string;
}
export type SettingDefinitions = Readonly<Record<string, SettingDefinition>>;

/** Everything the runtime needs to know of a service to run, document and check it. */
export interface ServiceDefinition {
  readonly name: ServiceName;
  /** HTTP controllers. */
  readonly controllers: readonly Type[];
  /** Controllers whose methods are `@EventPattern` handlers. */
  readonly consumers: readonly Type[];
  /** TypeORM migrations of the service's own tables, in order. */
  readonly migrations: readonly Type[];
  readonly aggregates: readonly AggregateTable[];
  /** Tables that keep what others have told: written by `projects` handlers only. Made again by `npm run replay`. */
  readonly projections: readonly Projection[];
  /** Every other table of the service: parts of aggregates, and what commands keep beside them. */
  readonly parts: readonly string[];
  readonly invariants: readonly Invariant[];
  readonly jobs: readonly JobProcessor[];
  readonly sweeps: readonly Sweep[];
  readonly problems: ProblemCatalogue;
  readonly settings: SettingDefinitions;
}
