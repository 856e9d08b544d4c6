import type { Problem } from './problem.js';
import { type Assignment, gainAt, Remaining } from './solution.js';

interface Offer {
  readonly line: number;
  readonly cell: number;
  readonly net: number;
}

/**
 * Gives unit after unit to the line that gains most from its next one, from its cheapest cell that has some left. Keeps every
 * limit, is not the best answer (a unit taken here may have been the only one another line could have), and is always quick.
 */
export function solveGreedily(problem: Problem): Assignment[] {
  const left = new Remaining(problem);
  const given = problem.lines.map(() => 0);
  const units = new Map<string, { line: number; cell: number; quantity: number }>();
  const offers = new Heap<Offer>((a, b) => b.net - a.net || a.line - b.line);
  const offer = (line: number) => {
    const gain = gainAt(problem, line, given[line]!);
    if (gain === null || left.quotas[problem.lines[line]!.structure]! <= 0) return;
    const candidate = problem.lines[line]!.candidates.find(({ cell }) => left.ofCell(line, cell) > 0);
    if (candidate && gain > candidate.cost) offers.push({ line, cell: candidate.cell, net: gain - candidate.cost });
  };
  problem.lines.forEach((_, line) => offer(line));
  for (let best = offers.pop(); best; best = offers.pop()) {
    const { line, cell } = best;
    if (left.ofCell(line, cell) > 0 && left.quotas[problem.lines[line]!.structure]! > 0) {
      left.take({ line, cell, quantity: 1 });
      given[line]!++;
      const key = `${line} ${cell}`;
      const taken = units.get(key) ?? { line, cell, quantity: 0 };
      taken.quantity++;
      units.set(key, taken);
    }
    offer(line);
  }
  return [...units.values()].sort((a, b) => a.line - b.line || a.cell - b.cell);
}

/** A binary heap: the first by `compare` is popped. */
class Heap<T> {
  readonly #items: T[] = [];

  constructor(private readonly compare: (a: T, b: T) => number) {}

  push(item: T): void {
    const items = this.#items;
    let index = items.push(item) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (this.compare(items[parent]!, item) <= 0) break;
      items[index] = items[parent]!;
      index = parent;
    }
    items[index] = item;
  }

  pop(): T | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return first;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && this.compare(items[child + 1]!, items[child]!) < 0) child++;
      if (this.compare(items[child]!, last) >= 0) break;
      items[index] = items[child]!;
      index = child;
    }
    items[index] = last;
    return first;
  }
}
