import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { DEVICE, NOW, STAGE, STAGES } from './device-now.js';

/** Of one timeline; what has more is told of by its newest. */
const MOST = 2_000;

const STEPS = `select o.id as "eventId", o.type, split_part(o.type, '.', 3) as service, split_part(o.type, '.', 4) as name, o.topic, o.key, o.version, o.at, h.received_at as "heardAt",
  o.actor, o.correlation_id as "correlationId", o.causation_id as "causationId",
  round(extract(epoch from o.at - lag(o.at) over (order by o.at, o.id))::numeric, 3)::float8 as "afterSeconds"
  from occurrence o left join inbox h on h.id = o.id::text`;

const OF_DEVICE = `${STEPS} where o.subjects && array[$1::uuid, $2::uuid, $3::uuid]
  and ($1::uuid = any(o.subjects) or (o.topic = 'intake.lot' and o.key = $2) or (o.topic = 'matching.allocation' and o.key = $3)) order by o.at, o.id limit ${MOST}`;
const OF_LOT = `${STEPS} where o.subjects @> array[$1::uuid] order by o.at, o.id limit ${MOST}`;
const OF_CORRELATION = `${STEPS} where o.correlation_id = $1 order by o.at, o.id limit ${MOST}`;

const ONE_DEVICE = `select ${DEVICE}, d.donor_id as "donorId", d.serial, d.imei, d.maker, d.model, a.structure_id as "structureId", i.reservation_id as "allocationId",
  o.kind as "structureKind", o.department
  from (select $1::uuid as id) x ${NOW} left join organisation o on o.id = a.structure_id where d.id is not null or w.id is not null`;
const OWN_DEVICE = `select ${DEVICE}, p.structure_kind as "structureKind", p.department
  from device x ${NOW} left join destinations() p on p.device_id = x.id where x.id = $1`;
const LOT = `select id as "lotId", state, since, site_id as "siteId", donor_id as "donorId", declared, declined, received, refused, missing, awaited, unexpected,
  submitted_at as "submittedAt", accepted_at as "acceptedAt", received_at as "receivedAt", closed_at as "closedAt" from lot where id = $1`;
/** Under the policies: of those whom the caller may see. */
const STAGES_OF_LOT = `select ${STAGE} as stage, count(*)::int as devices from device x ${NOW} where x.lot_id = $1 group by 1`;

interface Device {
  readonly deviceId: string;
  readonly lotId: string | null;
}
interface Step {
  readonly type: string;
  readonly service: string;
  readonly name: string;
  readonly at: Date;
  readonly afterSeconds: number | null;
}

/** A device's life through all services: its lot's way to the dock, its own, and its allocation's. @throws DomainError device-not-found */
export async function deviceTimeline(tx: Tx, deviceId: string): Promise<object> {
  const device = await tx.one<Device & { allocationId: string | null }>(ONE_DEVICE, [deviceId]);
  if (!device) throw new DomainError('device-not-found');
  return { device, steps: await tx.query(OF_DEVICE, [deviceId, device.lotId, device.allocationId]) };
}

/** As its donor may see it: what happened and when, never who, nor anything of the structure but what `destinations` gives. */
export async function ownDeviceTimeline(tx: Tx, deviceId: string): Promise<object> {
  const row = await tx.one<Device & { structureKind: string | null; department: string | null; stage: string; label: string; category: string; grade: string | null; since: Date }>(OWN_DEVICE, [deviceId]);
  if (!row) throw new DomainError('device-not-found');
  const steps = await tx.query<Step>(OF_DEVICE, [deviceId, row.lotId, null]);
  const { label, category, grade, lotId, stage, since, structureKind, department } = row;
  return {
    device: { deviceId, label, category, grade, lotId, stage, since },
    destination: structureKind === null || department === null ? null : { structureKind, department },
    steps: steps.map(({ service, name, at, afterSeconds }) => ({ service, name, at, afterSeconds })),
  };
}

/** How a lot stands, and where its devices are. @throws DomainError lot-not-found */
export async function lotProgress(tx: Tx, lotId: string): Promise<{ lot: object; stages: { stage: string; devices: number }[] }> {
  const lot = await tx.one(LOT, [lotId]);
  if (!lot) throw new DomainError('lot-not-found');
  const rows = await tx.query<{ stage: string; devices: number }>(STAGES_OF_LOT, [lotId]);
  const stages = STAGES.flatMap((stage) => rows.find((row) => row.stage === stage) ?? []);
  return { lot, stages };
}

/** With the lot's own events; those of its devices are on their timelines. */
export async function lotTimeline(tx: Tx, lotId: string): Promise<object> {
  return { ...(await lotProgress(tx, lotId)), steps: await tx.query(OF_LOT, [lotId]) };
}

/** Everything that one donation, need or shipment led to, on one axis of time. */
export function trace(tx: Tx, correlationId: string): Promise<object[]> {
  return tx.query(OF_CORRELATION, [correlationId]);
}
