import { NO_CAUSE, type Pool, SYSTEM } from '@lacollecte/database';
import type { ServiceDefinition } from '../service.js';

/** Whoever looks at a page of rules does not check them anew each time. */
const FRESH_MS = 60_000;
/** A rule that takes longer is not known. */
const MOST_SECONDS = 20;
const SHOWN = 20;

export interface RuleState {
  readonly name: string;
  readonly says: string;
  /** Rows that it speaks of, and how many break it; null where it could not be checked. */
  readonly examined: number | null;
  readonly violations: number | null;
  readonly first: readonly { readonly id: string; readonly detail: string }[];
  readonly checkedAt: Date;
}

/** The service's rules of the trade, checked when somebody asks: all processes give the same answer, whichever is asked. */
export class Rules {
  #checked: Promise<readonly RuleState[]> = Promise.resolve([]);
  #at = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly definition: Pick<ServiceDefinition, 'invariants'>,
    private readonly worker: Pool,
  ) {}

  /** As they were at most a minute ago; two who ask at once wait for one check. */
  states(): Promise<readonly RuleState[]> {
    if (performance.now() - this.#at > FRESH_MS) {
      this.#at = performance.now();
      this.#checked = this.#check();
    }
    return this.#checked;
  }

  async #check(): Promise<RuleState[]> {
    const states: RuleState[] = [];
    for (const { name, says, examined, violations } of this.definition.invariants) {
      const looked = this.worker.transaction(SYSTEM, NO_CAUSE, async (tx) => {
        await tx.query(`set local statement_timeout = '${MOST_SECONDS}s'`);
        const rows = await tx.query<{ id: string; detail: string }>(violations);
        const counted = await tx.one<{ n: number | string }>(examined);
        return { examined: Number(counted?.n ?? 0), violations: rows.length, first: rows.slice(0, SHOWN).map(({ id, detail }) => ({ id, detail })), checkedAt: tx.now };
      });
      states.push({ name, says, ...(await looked.catch(() => ({ examined: null, violations: null, first: [], checkedAt: new Date() }))) });
    }
    return states;
  }
}
