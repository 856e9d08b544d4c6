import type { inventory, matching } from '@lacollecte/contracts';
import type { RuleResult } from '../rule.js';
import type { Snapshot } from '../snapshot.js';
import { joined, ordered } from '../walk.js';
import { applyRules, type EntityRule } from './entity-rule.js';

type AllocationState = (typeof matching.ALLOCATION_STATES)[number];
type ReservationState = (typeof inventory.RESERVATION_STATES)[number];

interface Allocation { id: string; state: AllocationState; quantity: number; shipped: number; delivered: number }
interface Reservation { id: string; state: ReservationState; holds: number }
interface Line { id: string; state: string; shipped: number; delivered: number; toSend: number }

/** One allocation, its reservation and its line of a shipment: they share their id. */
interface Entity {
  readonly id: string;
  readonly matching?: Allocation;
  readonly inventory?: Reservation;
  readonly dispatch?: Line;
}

const READ = {
  matching: 'select id::text as id, state, quantity, shipped, delivered from allocation where id > $1::uuid order by id limit $2',
  inventory: `select id::text as id, state, (select count(*)::int from reservation_item i where i.reservation_id = r.id and i.ended is null) as holds
    from reservation r where id > $1::uuid order by id limit $2`,
  // Missing at delivery, found again or not, is not delivered; what came back later had been.
  dispatch: `select l.id::text as id, l.state, n.shipped, n.delivered, n."toSend" from shipment_line l cross join lateral (
      select count(*) filter (where i.state = 'packed' and p.state in ('handed-over', 'failed'))::int as shipped,
        count(*) filter (where i.state = 'packed' and p.state = 'delivered' and coalesce(r.state, '') not in ('lost', 'found'))::int as delivered,
        count(*) filter (where p.id is null or p.state in ('open', 'packed'))::int as "toSend"
      from shipment_item i left join parcel p on p.id = i.parcel_id
      left join device_return r on r.shipment_id = i.shipment_id and r.device_id = i.item_id
      where i.line_id = l.id and i.state in ('to-pick', 'packed', 'substituting', 'pulled')) n
    where l.id > $1::uuid order by l.id limit $2`,
};

/** Rules on each allocation across the services. */
export async function allocationRules(snapshot: Snapshot, named: ReadonlySet<string>): Promise<RuleResult[]> {
  return applyRules(allocations(snapshot), RULES, named);
}

async function* allocations(snapshot: Snapshot): AsyncGenerator<Entity> {
  const sequences = {
    matching: ordered<Allocation>(snapshot, 'matching', READ.matching),
    inventory: ordered<Reservation>(snapshot, 'inventory', READ.inventory),
    dispatch: ordered<Line>(snapshot, 'dispatch', READ.dispatch),
  };
  for await (const { id, of } of joined(sequences)) yield { id, ...of };
}

const ENDED: readonly ReservationState[] = ['refused', 'released', 'expired', 'consumed', 'committed'];
/**
 * States of a reservation that agree with each state of its allocation. A proposal awaits its answer, so none agrees. Of an
 * ended one a committed rest may lie in parcels until it is scanned back to a bin.
 */
const AGREES: Readonly<Record<AllocationState, readonly ReservationState[]>> = {
  proposed: [],
  held: ['held'],
  accepted: ['held', 'committed'],
  shipped: ['committed', 'consumed'],
  delivered: ['committed', 'consumed'],
  short: ENDED,
  refused: ENDED,
  expired: ENDED,
  withdrawn: ENDED,
};
const ACCEPTED: ReadonlySet<string> = new Set(['accepted', 'shipped', 'delivered']);

const RULES: readonly EntityRule<Entity>[] = [
  {
    name: 'reservation-answers-allocation',
    says: 'Each allocation and its reservation are in states that agree, and what is held is what is promised.',
    examines: ({ matching, inventory }) => Boolean(matching ?? inventory),
    broken: ({ matching: allocation, inventory: reservation }) => {
      const detail = `matching: ${allocation ? `${allocation.state} of ${allocation.quantity}` : 'unknown'}, inventory: ${reservation ? `${reservation.state} with ${reservation.holds}` : 'unknown'}`;
      if (!allocation || !reservation) return detail;
      // Recalled to the last item, a held one runs out by itself.
      if (reservation.state === 'held' && reservation.holds === 0) return allocation.quantity === 0 ? undefined : detail;
      if (!AGREES[allocation.state].includes(reservation.state)) return detail;
      return reservation.state === 'held' && reservation.holds !== allocation.quantity ? detail : undefined;
    },
  },
  {
    name: 'accepted-is-planned',
    says: 'Each accepted allocation is a line of a shipment, and what is still to be sent is of an accepted one.',
    examines: ({ matching, dispatch }) => Boolean(matching ?? dispatch),
    broken: ({ matching: allocation, dispatch: line }) => {
      const accepted = allocation !== undefined && ACCEPTED.has(allocation.state);
      const planned = line !== undefined && line.state !== 'dropped';
      const toSend = line !== undefined && (line.state === 'planned' || line.state === 'requested' || line.toSend > 0);
      if (accepted ? planned : !toSend) return undefined;
      return `matching: ${allocation?.state ?? 'unknown'}, dispatch: ${line ? `${line.state}, ${line.toSend} devices to send` : 'no line'}`;
    },
  },
  {
    name: 'delivered-counts-agree',
    says: 'Matching counts as many devices of each allocation on their way and delivered as dispatch has in parcels.',
    examines: ({ matching, dispatch }) => Boolean(matching && dispatch),
    broken: ({ matching: allocation, dispatch: line }) => {
      const [counted, parcelled] = [allocation, line].map((one) => `${one?.shipped} on their way, ${one?.delivered} delivered`);
      return counted === parcelled ? undefined : `matching: ${counted}; dispatch: ${parcelled}`;
    },
  },
];
