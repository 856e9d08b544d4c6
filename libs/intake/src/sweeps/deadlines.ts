import type { Tx } from '@lacollecte/database';
import type { Sweep } from '@lacollecte/runtime';

const BATCH = 200;

/** A task, once, for each deadline of a lot that has passed. */
async function raise(tx: Tx, kind: string, due: string, states: string): Promise<number> {
  return tx.execute(
    `insert into task (id, kind, lot_id, subject, detail)
     select gen_random_uuid(), $1, id, id::text, jsonb_build_object('due', ${due}) from lot
     where ${due} < now() and state in (${states}) and not exists (select from task t where t.kind = $1 and t.subject = lot.id::text)
     order by ${due} limit ${BATCH} on conflict (kind, subject) do nothing`,
    [kind],
  );
}

export const answerOverdue: Sweep = { name: 'intake-answer-overdue', everySeconds: 60, run: (tx) => raise(tx, 'answer-overdue', 'answer_due_at', `'submitted'`) };
export const inventoryOverdue: Sweep = {
  name: 'intake-inventory-overdue', everySeconds: 60, run: (tx) => raise(tx, 'inventory-overdue', 'inventory_due_at', `'accepted', 'receiving'`),
};
