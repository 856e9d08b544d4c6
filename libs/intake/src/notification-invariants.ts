import type { Invariant } from '@lacollecte/runtime';

const TOLD_OF = `('tech.lacollecte.intake.lot-accepted.v1', 'tech.lacollecte.intake.lot-declined.v1', 'tech.lacollecte.intake.lot-received.v1', 'tech.lacollecte.intake.lot-closed.v1',
  'tech.lacollecte.intake.pickup-scheduled.v1')`;

const TOPICS = `('intake.lot', 'intake.pickup')`;
/** Lots of before there were notifications are not told of. */
const SINCE = `(select min(created_at) from notification)`;

export const notificationInvariants: readonly Invariant[] = [
  {
    name: 'donors-are-told',
    says: 'Of each answer to a lot, each planned pick-up, each received lot and each one whose devices have all ended, its donor is told once; and of nothing that has not happened.',
    examined: 'select count(*) as n from notification',
    violations: `select o.key as id, format('nobody was told of %s', o.type) as detail from outbox o
      where o.topic in ${TOPICS} and o.type in ${TOLD_OF} and o.occurred_at >= ${SINCE} and not exists (select from notification n where n.of_id::text = o.key and n.of_version = o.version)
      union all select n.id::text, format('%s of %s never happened, or to another donor', n.kind, n.of_id) from notification n
      where not exists (select from outbox o where o.topic in ${TOPICS} and o.key = n.of_id::text and o.version = n.of_version) or not exists (select from lot l where l.id = n.lot_id and l.donor_id = n.donor_id)`,
  },
];
