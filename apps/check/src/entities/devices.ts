import type { inventory, refurbishment } from '@lacollecte/contracts';
import type { RuleResult } from '../rule.js';
import type { Snapshot } from '../snapshot.js';
import { joined, ordered } from '../walk.js';
import { applyRules, type EntityRule } from './entity-rule.js';
import { placeOf, type Whereabouts } from './place.js';

interface Received { id: string; state: string; outcome: string | null }
interface Device { id: string; state: refurbishment.DeviceState; checked: boolean; grade: string | null; category: string; siteId: string }
interface Item { id: string; state: (typeof inventory.ITEM_STATES)[number]; quarantine: string | null; reservationId: string | null; grade: string; category: string; siteId: string }
interface Parcelled { id: string; reservationId: string; parcel: string; back: string | null }
interface Seen { id: string; state: string; reservationId: string | null }
interface Known { id: string }

/** One device as every service sees it; absent where it does not know it. */
interface Entity {
  readonly id: string;
  readonly intake?: Received;
  readonly refurbishment?: Device;
  readonly inventory?: Item;
  /** Its newest parcel that ever left a site. */
  readonly dispatch?: Parcelled;
  /** As matching sees inventory's item. */
  readonly matching?: Seen;
  readonly markedInInventory?: Known;
  readonly markedInDispatch?: Known;
}

const READ = {
  intake: 'select id::text as id, state, outcome from device where id > $1::uuid order by id limit $2',
  refurbishment: `select id::text as id, state, diagnosed and erased and tested and graded as checked, grading ->> 'grade' as grade, category, site_id::text as "siteId"
    from device where id > $1::uuid order by id limit $2`,
  inventory: `select id::text as id, state, quarantine, reservation_id::text as "reservationId", grade, category, site_id::text as "siteId"
    from stock_item where id > $1::uuid order by id limit $2`,
  dispatch: `select distinct on (i.item_id) i.item_id::text as id, i.line_id::text as "reservationId", p.state as parcel, r.state as back
    from shipment_item i join parcel p on p.id = i.parcel_id and p.handed_over_at is not null
    left join device_return r on r.shipment_id = i.shipment_id and r.device_id = i.item_id
    where i.state = 'packed' and i.item_id > $1::uuid order by i.item_id, p.handed_over_at desc limit $2`,
  matching: 'select id::text as id, state, reservation_id::text as "reservationId" from stock_item where id > $1::uuid order by id limit $2',
  markedInInventory: 'select device_id::text as id from recall_mark where device_id > $1::uuid order by device_id limit $2',
  markedInDispatch: 'select id::text as id from device where recalled and id > $1::uuid order by id limit $2',
};

/** Rules on each device across the services. */
export async function deviceRules(snapshot: Snapshot, named: ReadonlySet<string>): Promise<RuleResult[]> {
  return applyRules(devices(snapshot), RULES, named);
}

async function* devices(snapshot: Snapshot): AsyncGenerator<Entity> {
  const sequences = {
    intake: ordered<Received>(snapshot, 'intake', READ.intake),
    refurbishment: ordered<Device>(snapshot, 'refurbishment', READ.refurbishment),
    inventory: ordered<Item>(snapshot, 'inventory', READ.inventory),
    dispatch: ordered<Parcelled>(snapshot, 'dispatch', READ.dispatch),
    matching: ordered<Seen>(snapshot, 'matching', READ.matching),
    markedInInventory: ordered<Known>(snapshot, 'inventory', READ.markedInInventory),
    markedInDispatch: ordered<Known>(snapshot, 'dispatch', READ.markedInDispatch),
  };
  for await (const { id, of } of joined(sequences)) yield { id, ...of };
}

/** Where dispatch says it is: the state of the parcel that it left in, unless the device has parted from it. */
function dispatched({ dispatch }: Entity): Whereabouts['dispatch'] {
  if (!dispatch) return undefined;
  if (dispatch.back === 'lost') return 'lost';
  if (dispatch.back === 'received' || dispatch.back === 'found' || dispatch.parcel === 'returned') return 'back';
  return dispatch.parcel === 'delivered' ? 'delivered' : 'away';
}

function described(entity: Entity): string {
  const { intake, refurbishment: device, inventory: item } = entity;
  return [
    `intake: ${intake ? [intake.state, intake.outcome].filter(Boolean).join(' ') : 'unknown'}`,
    `refurbishment: ${device?.state ?? 'unknown'}`,
    `inventory: ${item ? [item.state, item.quarantine].filter(Boolean).join(' ') : 'unknown'}`,
    `dispatch: ${dispatched(entity) ?? 'never left'}`,
  ].join(', ');
}

const ENDS: ReadonlySet<string> = new Set(['delivered', 'recycled', 'returned-to-donor', 'lost']);
const IN_STOCK: ReadonlySet<string> = new Set(['in-stock', 'reserved', 'picked']);

const RULES: readonly EntityRule<Entity>[] = [
  {
    name: 'device-in-one-place',
    says: 'Every received device is in exactly one place: workshop, stock, reserved, held, shipped, delivered, recycled, returned-to-donor, lost.',
    examines: ({ intake, refurbishment, inventory }) => [intake, refurbishment, inventory].some(Boolean),
    broken: (entity) => {
      const { intake, refurbishment, inventory } = entity;
      const place = intake && placeOf({ device: refurbishment?.state, item: inventory, dispatch: dispatched(entity) });
      return place ? undefined : described(entity);
    },
  },
  {
    name: 'settled-devices-have-ended',
    says: 'Intake has settled a device exactly where it has ended in refurbishment, with the same end.',
    examines: ({ intake, refurbishment }) => Boolean(intake && refurbishment),
    broken: (entity) => {
      const device = entity.refurbishment?.state ?? '';
      const outcome = entity.intake?.state === 'settled' ? entity.intake.outcome : null;
      // A delivered one that is recalled has ended until it comes back; one that never left has not.
      const agrees = device === 'recalled' ? outcome === null || ENDS.has(outcome) : outcome === (ENDS.has(device) ? device : null);
      return agrees ? undefined : described(entity);
    },
  },
  {
    name: 'stock-is-ready',
    says: 'What is in stock, reserved or picked is ready in refurbishment: erased, tested and graded, and of that grade, category and site.',
    examines: ({ inventory }) => inventory !== undefined,
    broken: (entity) => {
      const { inventory: item, refurbishment: device } = entity;
      if (!item || !IN_STOCK.has(item.state)) return undefined;
      if (device?.state !== 'ready' || !device.checked) return `${described(entity)}${device && !device.checked ? ', with a check open' : ''}`;
      const [is, held] = [device, item].map(({ grade, category, siteId }) => `${category} ${grade} at ${siteId}`);
      return is === held ? undefined : `refurbishment: ${is}, inventory: ${held}`;
    },
  },
  {
    name: 'issued-is-handed-over',
    says: 'An item is issued exactly where its parcel was handed over, under the same reservation, and has not come back.',
    examines: ({ inventory, dispatch }) => Boolean(inventory ?? dispatch),
    broken: (entity) => {
      const { inventory: item, dispatch: parcel } = entity;
      const gone = ['away', 'delivered'].includes(dispatched(entity) ?? '');
      if (item?.state === 'issued') return gone && item.reservationId === parcel?.reservationId ? undefined : described(entity);
      // Recalled while its parcel left: inventory has let go of it, and dispatch asks for it back.
      return gone && !entity.markedInInventory ? described(entity) : undefined;
    },
  },
  {
    name: 'recall-is-everywhere',
    says: 'A recall is marked in inventory and in dispatch or in neither, and in both where refurbishment waits for the device.',
    examines: ({ refurbishment }) => refurbishment !== undefined,
    broken: ({ refurbishment, markedInInventory, markedInDispatch }) => {
      const marks = [markedInInventory, markedInDispatch].map(Boolean);
      if (marks[0] === marks[1] && (marks[0] || refurbishment?.state !== 'recalled')) return undefined;
      return `refurbishment: ${refurbishment?.state}, inventory: ${marks[0] ? 'marked' : 'not marked'}, dispatch: ${marks[1] ? 'marked' : 'not marked'}`;
    },
  },
  {
    name: 'matching-sees-stock',
    says: 'Matching sees each item of inventory as it is.',
    examines: ({ inventory, matching }) => Boolean(inventory ?? matching),
    broken: ({ inventory: is, matching: seen }) => {
      const agrees = is?.state === seen?.state && (is?.reservationId ?? null) === (seen?.reservationId ?? null);
      return agrees ? undefined : `inventory: ${is?.state ?? 'unknown'} ${is?.reservationId ?? ''}, matching: ${seen?.state ?? 'unknown'} ${seen?.reservationId ?? ''}`;
    },
  },
];
