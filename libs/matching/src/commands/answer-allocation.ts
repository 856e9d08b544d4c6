import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { accept, refuse } from '../domain/allocation.js';
import { Book } from '../persistence/book.js';
import { type AllocationView, viewAllocation } from '../queries/view-allocation.js';

/** Why all of it, or the part that was not accepted, was not wanted. */
const REASON = 'update allocation set refusal_reason = $2 where id = $1';

interface Answer {
  readonly allocationId: string;
  readonly version: number;
}

async function openAllocation(tx: Tx, { allocationId, version }: Answer): Promise<Book> {
  const book = await Book.ofAllocations(tx, [allocationId]);
  const allocation = book.allocation(allocationId);
  if (!allocation) throw new DomainError('allocation-not-found');
  if (allocation.version !== version) throw new DomainError('stale-version');
  return book;
}

/** The structure takes what is held for it, or `quantity` of it: the rest goes back to its line, with its waiting time, and to its quota. */
export async function acceptAllocation(tx: Tx, input: Answer & { readonly quantity?: number; readonly reason?: string | null }): Promise<AllocationView> {
  const book = await openAllocation(tx, input);
  book.apply(input.allocationId, (allocation) => accept(allocation, input.quantity ?? allocation.quantity));
  await book.save();
  if (input.reason) await tx.execute(REASON, [input.allocationId, input.reason]);
  return viewAllocation(tx, input.allocationId);
}

export async function refuseAllocation(tx: Tx, input: Answer & { readonly reason: string | null }): Promise<AllocationView> {
  const book = await openAllocation(tx, input);
  book.apply(input.allocationId, refuse);
  await book.save();
  await tx.execute(REASON, [input.allocationId, input.reason]);
  return viewAllocation(tx, input.allocationId);
}
