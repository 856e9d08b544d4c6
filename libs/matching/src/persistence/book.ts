import { type EventDefinition, matching } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import type { Allocation, Step } from '../domain/allocation.js';
import { closeLine, type Line, propose, settle } from '../domain/line.js';
import { isClosed, type Need, type NeedState, requireTransition, stateFrom } from '../domain/need.js';
import { insertAllocations, loadAllocations, type NewAllocation, saveAllocations } from './allocation.repository.js';
import { lockLedger } from './ledger.js';
import { loadLines, loadNeeds, saveLines, saveNeeds } from './need.repository.js';
import { moveQuota, type QuotaMove } from './quota.repository.js';

type NeedEvent = EventDefinition<typeof matching.NeedChanged.schema>;

/**
 * Needs with their lines and some of their allocations, under the ledger's lock: what a step does to an allocation, the book
 * does to its line, its need and its quota, and `save` writes all of it. Events are appended as things happen.
 */
export class Book {
  readonly #allocations = new Map<string, Allocation>();
  readonly #lines = new Map<string, Line>();
  readonly #needs = new Map<string, Need>();
  readonly #before = new Map<string, number>();
  readonly #changedLines = new Set<string>();
  readonly #new: NewAllocation[] = [];
  readonly #quota: QuotaMove[] = [];

  private constructor(private readonly tx: Tx) {}

  /** Unknown ids are left out: an event may speak of what is not ours. */
  static async ofAllocations(tx: Tx, ids: readonly string[]): Promise<Book> {
    const book = new Book(tx);
    await lockLedger(tx);
    const allocations = await loadAllocations(tx, ids);
    for (const allocation of allocations) book.#allocations.set(allocation.id, allocation);
    await book.#load([...new Set(allocations.map((allocation) => allocation.needId))]);
    return book;
  }

  static async ofNeeds(tx: Tx, ids: readonly string[]): Promise<Book> {
    const book = new Book(tx);
    await lockLedger(tx);
    await book.#load(ids);
    return book;
  }

  async #load(needIds: readonly string[]): Promise<void> {
    for (const need of await loadNeeds(this.tx, needIds)) {
      this.#needs.set(need.id, need);
      this.#before.set(need.id, need.version);
    }
    for (const line of await loadLines(this.tx, needIds)) this.#lines.set(line.id, line);
  }

  allocation(id: string): Allocation | undefined {
    return this.#allocations.get(id);
  }

  need(id: string): Need | undefined {
    return this.#needs.get(id);
  }

  line(id: string): Line | undefined {
    return this.#lines.get(id);
  }

  linesOf(needId: string): Line[] {
    return [...this.#lines.values()].filter((line) => line.needId === needId);
  }

  /** Adds allocations of these lines in one of the states given, so that steps can be applied to them. */
  async addAllocationsOf(lineIds: readonly string[], states: readonly string[]): Promise<Allocation[]> {
    const rows = await this.tx.query<{ id: string }>(`select id from allocation where line_id = any($1::uuid[]) and state = any($2) order by created_at desc, id desc`, [lineIds, states]);
    const unknown = rows.map((row) => row.id).filter((id) => !this.#allocations.has(id));
    for (const allocation of await loadAllocations(this.tx, unknown)) this.#allocations.set(allocation.id, allocation);
    return rows.map((row) => this.#allocations.get(row.id)).filter((allocation) => allocation !== undefined);
  }

  /** Applies a step to an allocation, and what follows to its line and quota. False where it changes nothing. */
  apply(id: string, decide: (allocation: Allocation) => Step): boolean {
    const before = this.#allocations.get(id);
    const step = before && decide(before);
    if (!before || !step) return false;
    const { next } = step;
    if (!this.#before.has(id)) this.#before.set(id, before.version);
    this.#allocations.set(id, next);
    const line = this.#lines.get(next.lineId)!;
    this.#setLine(settle(line, isClosed(this.#needs.get(next.needId)!.state), before, next));
    if (next.quantity !== before.quantity) this.#quota.push({ structureId: next.structureId, quarter: next.quarter, devices: next.quantity - before.quantity });
    for (const event of step.events) append(this.tx, event, { key: id, version: next.version }, factsOf(next));
    return true;
  }

  /** A new allocation, taken from what its line has open and from the quota. */
  propose(allocation: NewAllocation): void {
    this.#setLine(propose(this.#lines.get(allocation.lineId)!, allocation.quantity));
    this.#new.push(allocation);
    this.#quota.push({ structureId: allocation.structureId, quarter: allocation.quarter, devices: allocation.quantity });
    // From here on everything that becomes of it, in every service, is told as part of the need it began with.
    const cause = { ...this.tx.cause, correlationId: allocation.needId };
    append(this.tx.because(cause), matching.AllocationProposed, { key: allocation.id, version: 1 }, factsOf(allocation));
  }

  /** Ends a need: what is open is asked for no longer. What is promised is withdrawn by steps of its allocations. */
  close(needId: string, state: NeedState, event: NeedEvent): void {
    requireTransition(this.#needs.get(needId)!, state);
    for (const line of this.linesOf(needId)) this.#setLine(closeLine(line));
    this.change(needId, state, event);
  }

  change(needId: string, state: NeedState, event: NeedEvent): void {
    const need = this.#needs.get(needId)!;
    const next = { ...need, state, version: need.version + 1 };
    this.#needs.set(needId, next);
    append(this.tx, event, { key: needId, version: next.version }, this.#needFacts(next));
  }

  #setLine(line: Line): void {
    this.#lines.set(line.id, line);
    this.#changedLines.add(line.id);
  }

  #needFacts(need: Need) {
    const lines = this.linesOf(need.id);
    const sum = (part: (line: Line) => number) => lines.reduce((total, line) => total + part(line), 0);
    return { needId: need.id, structureId: need.structureId, state: need.state, asked: sum((line) => line.asked), open: sum((line) => line.open) };
  }

  /** Writes everything; needs whose lines tell another state now change to it. */
  async save(): Promise<void> {
    for (const need of this.#needs.values()) {
      const state = stateFrom(need.state, this.linesOf(need.id));
      if (state !== need.state) this.change(need.id, state, state === 'fulfilled' ? matching.NeedFulfilled : matching.NeedChanged);
    }
    const changed = <T extends { id: string; version: number }>(all: Iterable<T>) => [...all].filter((a) => this.#before.has(a.id) && this.#before.get(a.id) !== a.version);
    saveAllocations(this.tx, changed(this.#allocations.values()), this.#before);
    saveNeeds(this.tx, changed(this.#needs.values()), this.#before);
    await saveLines(this.tx, [...this.#changedLines].map((id) => this.#lines.get(id)!));
    await insertAllocations(this.tx, this.#new);
    await moveQuota(this.tx, this.#quota);
  }
}

/** What an allocation's events carry. */
function factsOf(allocation: Allocation) {
  const { id, state, needId, lineId, structureId, roundId, siteId, category, grade, earmark, quantity } = allocation;
  return { allocationId: id, state, needId, lineId, structureId, roundId, siteId, category, grade, earmark, quantity };
}
