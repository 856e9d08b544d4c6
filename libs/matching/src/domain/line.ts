import { type Category, DomainError, type StockGrade } from '@lacollecte/contracts';
import { type Allocation, pendingOf } from './allocation.js';

/** A line of a need. Always: asked + surplus = open + allocated + shipped + delivered + cancelled. */
export interface Line {
  readonly id: string;
  readonly needId: string;
  readonly structureId: string;
  readonly category: Category;
  readonly minGrade: StockGrade;
  readonly urgency: number;
  readonly asked: number;
  readonly open: number;
  /** Proposed, held or accepted. */
  readonly allocated: number;
  readonly shipped: number;
  readonly delivered: number;
  readonly cancelled: number;
  /** Devices that reached it although it had no room left for them: 0 unless dispatch sent what had been voided and given again. */
  readonly surplus: number;
}

/** A newly proposed allocation takes its quantity from what is open. */
export function propose(line: Line, quantity: number): Line {
  if (quantity < 1 || quantity > line.open) throw new DomainError('not-that-many-open', { quantity, open: line.open });
  return { ...line, open: line.open - quantity, allocated: line.allocated + quantity };
}

/** The line after one of its allocations went from `before` to `after`; what is given back is asked for again, unless the need is closed. */
export function settle(line: Line, closed: boolean, before: Allocation, after: Allocation): Line {
  const moved = {
    ...line,
    allocated: line.allocated + pendingOf(after) - pendingOf(before),
    shipped: line.shipped + after.shipped - before.shipped,
    delivered: line.delivered + after.delivered - before.delivered,
  };
  const back = before.quantity - after.quantity;
  return back >= 0 ? giveBack(moved, closed, back) : takeMore(moved, -back);
}

function giveBack(line: Line, closed: boolean, count: number): Line {
  const absorbed = Math.min(count, line.surplus);
  const rest = count - absorbed;
  return { ...line, surplus: line.surplus - absorbed, ...(closed ? { cancelled: line.cancelled + rest } : { open: line.open + rest }) };
}

function takeMore(line: Line, count: number): Line {
  const fromCancelled = Math.min(count, line.cancelled);
  const fromOpen = Math.min(count - fromCancelled, line.open);
  const surplus = count - fromCancelled - fromOpen;
  return { ...line, cancelled: line.cancelled - fromCancelled, open: line.open - fromOpen, surplus: line.surplus + surplus };
}

/** What is open is asked for no longer. */
export function closeLine(line: Line): Line {
  return { ...line, open: 0, cancelled: line.cancelled + line.open };
}
