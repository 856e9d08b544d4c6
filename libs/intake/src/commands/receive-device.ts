import { canonicalLabel, type Category, DomainError, type EventData, intake } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { v7 } from 'uuid';
import { normaliseImei, normaliseSerial } from '../domain/identifiers.js';
import { recycleForAge } from '../domain/lot.js';
import { countedLines, lineOfSerial, type MatchedLine, receiveOnLine } from '../persistence/line.repository.js';
import type { ReceptionRow } from '../persistence/reception.repository.js';
import { openSession } from './change-reception.js';

/** One scan at the dock: the label stuck on the device, then what the device says of itself. */
export interface ScannedDevice {
  readonly label: string;
  readonly serial?: string | null;
  readonly imei?: string | null;
  /** The operator's choice of a line. */
  readonly lineId?: string | null;
  /** Needed where no line names the device. */
  readonly category?: Category | null;
  readonly maker?: string | null;
  readonly model?: string | null;
  readonly aliases?: readonly string[];
  readonly manufacturedYear?: number | null;
  readonly occurredAt?: string | null;
}

export interface ReceivedDevice {
  readonly deviceId: string;
  readonly label: string;
  readonly matched: 'serial' | 'choice' | 'counted' | 'unexpected';
  readonly lineId: string | null;
  readonly category: Category;
  /** Another open lot knows this serial. */
  readonly hint: 'in-another-lot' | null;
}

interface Match {
  readonly how: ReceivedDevice['matched'];
  readonly line: MatchedLine | undefined;
}

/** By serial, else by the operator's choice, else a counted line of its category with room, else unexpected. */
async function match(tx: Tx, reception: ReceptionRow, scan: ScannedDevice, serial: string | null, imei: string | null): Promise<Match> {
  const named = await lineOfSerial(tx, reception.lotId, serial, imei);
  const byName = named ? await receiveOnLine(tx, named) : undefined;
  if (byName) return { how: 'serial', line: byName };
  if (named && !scan.lineId) throw new DomainError('already-received', { serial: serial ?? imei ?? '' });
  if (scan.lineId) {
    const chosen = await tx.one('select 1 from lot_line where id = $1 and lot_id = $2 and serial is null', [scan.lineId, reception.lotId]);
    const line = chosen ? await receiveOnLine(tx, scan.lineId) : undefined;
    if (!line) throw new DomainError('line-full');
    return { how: 'choice', line };
  }
  if (!scan.category) throw new DomainError('category-missing');
  for (const lineId of await countedLines(tx, reception.lotId, scan.category, scan.maker ?? null, scan.model ?? null)) {
    const line = await receiveOnLine(tx, lineId);
    if (line) return { how: 'counted', line };
  }
  return { how: 'unexpected', line: undefined };
}

/** A label of a roll of this site, once. Throws `label-malformed`, `label-unknown`; gives the device that has it already. */
async function takeLabel(tx: Tx, scanned: string, siteId: string, deviceId: string): Promise<{ label: string; taken: string | null }> {
  const label = canonicalLabel(scanned);
  if (!label) throw new DomainError('label-malformed', { label: scanned.slice(0, 40) });
  const used = await tx.execute('update label set device_id = $2 where code = $1 and site_id = $3 and device_id is null', [label, deviceId, siteId]);
  if (used === 1) return { label, taken: null };
  const row = await tx.one<{ site_id: string; device_id: string | null }>('select site_id, device_id from label where code = $1', [label]);
  if (!row) throw new DomainError('label-unknown', { label });
  if (!row.device_id) throw new DomainError('label-of-other-site', { label });
  return { label, taken: row.device_id };
}

/** The same scan again is answered as before; the label on another device is refused. */
async function asBefore(tx: Tx, deviceId: string, serial: string | null, label: string): Promise<ReceivedDevice> {
  const before = await tx.one<ReceivedDevice & { serial: string | null }>(
    `select id as "deviceId", label, matched, line_id as "lineId", category, serial, null as hint from device where id = $1`,
    [deviceId],
  );
  if (!before || (serial && before.serial && before.serial !== serial)) throw new DomainError('label-used', { label });
  const { serial: _, ...received } = before;
  return received;
}

export async function receiveDevice(tx: Tx, { receptionId, ...scan }: ScannedDevice & { receptionId: string }): Promise<ReceivedDevice> {
  return receive(tx, await openSession(tx, receptionId), scan);
}

/** One device into an open session. Its announcement comes last: nothing after it can fail. */
export async function receive(tx: Tx, reception: ReceptionRow, scan: ScannedDevice): Promise<ReceivedDevice> {
  const serial = scan.serial ? normaliseSerial(scan.serial) : null;
  const imei = scan.imei ? normaliseImei(scan.imei) : null;
  if (scan.imei && !imei) throw new DomainError('imei-invalid');
  const deviceId = v7();
  const { label, taken } = await takeLabel(tx, scan.label, reception.siteId, deviceId);
  if (taken) return asBefore(tx, taken, serial, label);
  const { how, line } = await match(tx, reception, scan, serial, imei);
  const category = line?.category ?? scan.category!;
  if (category === 'accessory') throw new DomainError('accessory-has-no-label');
  const elsewhere = how === 'unexpected' && serial ? await tx.one<{ known: boolean }>('select serial_known_elsewhere($1, $2) as known', [serial, reception.donorId]) : undefined;
  const year = scan.manufacturedYear ?? line?.manufacturedYear ?? null;
  const event: EventData<typeof intake.DeviceReceived> = {
    deviceId, state: 'received', lotId: reception.lotId, lineId: line?.id ?? null, donorId: reception.donorId, siteId: reception.siteId, label, category,
    maker: scan.maker ?? line?.maker ?? null, model: scan.model ?? line?.model ?? null, serial, imei: imei ?? line?.imei ?? null,
    aliases: [...new Set([...(scan.aliases ?? []), ...(line?.assetTag ? [line.assetTag] : [])])],
    earmark: reception.earmark, matched: how, recycleForAge: recycleForAge(reception.donorKind === 'public-body', year, tx.now),
  };
  await tx.execute(
    `insert into device (id, version, state, lot_id, line_id, donor_id, site_id, reception_id, label, category, maker, model, serial, imei, aliases, matched,
       manufactured_year, received_at, received_by, occurred_at)
     values ($1, 1, 'received', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    [deviceId, event.lotId, event.lineId, event.donorId, event.siteId, reception.id, label, category, event.maker, event.model, serial, event.imei, event.aliases, how,
      year, tx.now, tx.actor.subject, scan.occurredAt ?? null],
  );
  const story = { ...tx.cause, correlationId: tx.cause.correlationId ?? reception.lotId };
  append(tx.because(story), intake.DeviceReceived, { key: deviceId, version: 1 }, event);
  return { deviceId, label, matched: how, lineId: event.lineId, category, hint: elsewhere?.known ? 'in-another-lot' : null };
}
