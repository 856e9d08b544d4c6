import type { Sweep } from '../service.js';

/** A request may be repeated, and is answered as before, for 30 days; a repetition that comes later is a new request. */
export const forgetAnswers: Sweep = {
  name: 'forget-answers',
  everySeconds: 300,
  run: (tx) =>
    tx.execute(
      `delete from idempotency_key where (subject, method, route, key) in (
         select subject, method, route, key from idempotency_key where created_at < $1::timestamptz - interval '30 days' order by created_at limit 500)`,
      [tx.now],
    ),
};
