import type { Api, Person } from './client.js';
import { waitFor } from './wait.js';

interface Health {
  readonly services: readonly { readonly service: string; readonly outboxPending: number | null; readonly parkedKeys: number | null }[];
}

interface Cell {
  readonly siteId: string;
  readonly category: string;
  readonly grade: string;
  readonly onHand: number;
  readonly free: number;
  readonly reserved: number;
  readonly picked: number;
}

interface Availability {
  readonly categories: readonly { readonly category: string; readonly grades: readonly { readonly grade: string; readonly free: number }[] }[];
}

export const stockCells = (coordinator: Person): Promise<Cell[]> => coordinator.all<Cell>('/inventory/stock');

/**
 * Until nothing waits to be told and matching sees as free what inventory has free, twice in a row: what is done next then
 * depends on what was done, not on when.
 */
export async function settle(api: Api, coordinator: Person, what: string): Promise<void> {
  let before = '';
  let state = '';
  await waitFor(`everything is quiet ${what}`, async () => {
    const { services } = await api.health<Health>();
    const busy = services.filter(({ outboxPending }) => (outboxPending ?? 0) > 0).map(({ service, outboxPending }) => `${service} has ${outboxPending} events to tell`);
    const stock = await freeInStock(coordinator);
    const known = await freeInMatching(coordinator);
    if (stock !== known) busy.push('matching does not know the stock yet');
    state = busy.join(', ');
    const now = busy.length > 0 ? '' : stock || 'empty';
    const quiet = now !== '' && now === before;
    before = now;
    return quiet ? true : undefined;
  }, () => state);
}

async function freeInStock(coordinator: Person): Promise<string> {
  const free = new Map<string, number>();
  for (const cell of await stockCells(coordinator)) {
    const kind = `${cell.category} ${cell.grade}`;
    free.set(kind, (free.get(kind) ?? 0) + cell.free);
  }
  return shown(free);
}

async function freeInMatching(coordinator: Person): Promise<string> {
  const { categories } = await coordinator.get<Availability>('/matching/availability');
  return shown(new Map(categories.flatMap(({ category, grades }) => grades.map(({ grade, free }) => [`${category} ${grade}`, free] as const))));
}

function shown(free: ReadonlyMap<string, number>): string {
  return [...free].filter(([, count]) => count > 0).map(([kind, count]) => `${kind}: ${count}`).toSorted().join(', ');
}
