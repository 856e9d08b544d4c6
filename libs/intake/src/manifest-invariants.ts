import type { Invariant } from '@lacollecte/runtime';

/** Rules of donors' lists that hold at all times. */
export const manifestInvariants: readonly Invariant[] = [
  {
    name: 'manifest-rows',
    says: 'Of each list that was read: rows = accepted + refused, and every refused row is listed as long as the file is kept.',
    examined: `select count(*) as n from manifest where state in ('previewed', 'confirmed', 'imported')`,
    violations: `select m.id::text as id, format('rows %s, accepted %s, refused %s, listed %s', m.rows, m.accepted, m.refused, f.n) as detail
      from manifest m cross join lateral (select count(*) as n from manifest_refusal f where f.manifest_id = m.id and f.reading = m.reading) f
      where m.state in ('previewed', 'confirmed', 'imported')
        and (m.rows <> m.accepted + m.refused
          or (m.state in ('previewed', 'imported') and m.refused <> f.n and exists (select from manifest_reading r where r.manifest_id = m.id)))`,
  },
  {
    name: 'manifest-lines',
    says: 'No more lines of a lot come from a list than rows of it were accepted (a draft may lose lines again), and none from one that is not confirmed.',
    examined: `select count(*) as n from manifest`,
    violations: `select m.id::text as id, format('%s: accepted %s, lines %s; devices %s, quantity %s', m.state, m.accepted, l.n, m.devices, l.devices) as detail
      from manifest m join (select manifest_id, count(*) as n, sum(quantity) as devices from lot_line where manifest_id is not null group by manifest_id) l on l.manifest_id = m.id
      where l.n > m.accepted or l.devices > m.devices or m.state in ('uploaded', 'reading', 'previewed', 'discarded')`,
  },
];
