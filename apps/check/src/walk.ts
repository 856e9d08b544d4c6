import type { ServiceName } from '@lacollecte/contracts';
import type { Snapshot } from './snapshot.js';

/** Rows held in memory of each sequence at a time. */
const PAGE = 20_000;
const LOWEST = '00000000-0000-0000-0000-000000000000';

/** Rows of one service in the order of their id. `text` gives `id` (text) above `$1`, at most `$2`, in order; `$3` … are `values`. */
export async function* ordered<R extends { id: string }>(snapshot: Snapshot, service: ServiceName, text: string, values: readonly unknown[] = [], lowest = LOWEST): AsyncGenerator<R> {
  for (let last = lowest; ; ) {
    const rows = await snapshot.query<R>(service, text, [last, PAGE, ...values]);
    yield* rows;
    if (rows.length < PAGE) return;
    last = rows.at(-1)!.id;
  }
}

type Joined<S> = { readonly [K in keyof S]?: S[K] extends AsyncGenerator<infer R> ? R : never };

/** A full join of ordered sequences by id, however long they are. */
export async function* joined<S extends Record<string, AsyncGenerator<{ id: string }>>>(sequences: S): AsyncGenerator<{ id: string; of: Joined<S> }> {
  const heads = await Promise.all(Object.entries(sequences).map(async ([name, rows]) => ({ name, rows, next: await rows.next() })));
  for (;;) {
    const left = heads.filter(({ next }) => !next.done).map(({ next }) => (next.value as { id: string }).id);
    if (left.length === 0) return;
    const id = left.reduce((lowest, other) => (other < lowest ? other : lowest));
    const of: Record<string, unknown> = {};
    for (const head of heads) {
      if (head.next.done || head.next.value.id !== id) continue;
      of[head.name] = head.next.value;
      head.next = await head.rows.next();
    }
    yield { id, of: of as Joined<S> };
  }
}
