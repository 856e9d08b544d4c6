import type { Sweep } from '@lacollecte/runtime';

/** A used or run-out record is of no use a day later; until then a stolen, used refresh token is still recognised. */
export const removeExpired: Sweep = {
  name: 'issuer-remove-expired',
  everySeconds: 300,
  run: (tx) =>
    tx.execute(`delete from issuer_record where (model, id) in (
      select model, id from issuer_record where expires_at < now() - interval '1 day' order by expires_at limit 500)`),
};
