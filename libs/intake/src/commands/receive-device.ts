import { canonicalLabel, type Category, DomainError, type EventData, intake } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { v7 } from 'uuid';
import { normaliseImei, normaliseSerial } from '../domain/identifiers.js';
import { type Age, ageOf } from '../domain/lot.js';
import { lineOfSerial, type MatchedLine, onCountedLine, receiveOnLine } from '../persistence/line.repository.js';
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
  /** Of an unexpected one: another open lot knows its serial, or its line was declined. */
  readonly hint: 'in-another-lot' | 'declined' | null;
  readonly hintLotId: string | null;
  /** Taken although it is over ten years old: its donor is no public body. */
  readonly note: Age['note'];
}

interface Match {
  readonly how: ReceivedDevice['matched'];
  readonly line?: MatchedLine;
  readonly category: Category;
  readonly declined?: boolean;
}

/** By serial, else by the operator's choice, else a counted line of its category with room, else unexpected. */
async function match(tx: Tx, reception: ReceptionRow, scan: ScannedDevice, serial: string | null, imei: string | null): Promise<Match> {
  const named = await lineOfSerial(tx, reception.lotId, serial, imei);
  if (named) {
    const line = await receiveOnLine(tx, named.id);
    if (line) return { how: 'serial', line, category: line.category };
    if (!named.declined) throw new DomainError('already-received', { serial: serial ?? imei ?? '' });
    return { how: 'unexpected', category: named.category, declined: true };
  }
  if (scan.lineId) {
    const chosen = await tx.one('select 1 from lot_line where id = $1 and lot_id = $2', [scan.lineId, reception.lotId]);
    const line = chosen ? await receiveOnLine(tx, scan.lineId) : undefined;
    if (!line) throw new DomainError('line-full');
    return { how: 'choice', line, category: line.category };
  }
  const { category } = scan;
  if (!category) throw new DomainError('category-missing');
  const line = await onCountedLine(tx, { ...scan, category, lotId: reception.lotId }, (id) => receiveOnLine(tx, id));
  return line ? { how: 'counted', line, category } : { how: 'unexpected', category };
}

/** What the operator is told of a device that nobody announced in this lot. */
async function hintOf(tx: Tx, { how, declined }: Match, lotId: string, serial: string | null): Promise<Pick<ReceivedDevice, 'hint' | 'hintLotId'>> {
  if (declined) return { hint: 'declined', hintLotId: null };
  const other =
    how === 'unexpected' && serial
      ? await tx.one<{ id: string }>(
          `select lot.id from lot_line l join lot on lot.id = l.lot_id
           where l.serial = $1 and lot.id <> $2 and lot.state not in ('draft', 'closed', 'declined', 'cancelled') limit 1`,
          [serial, lotId],
        )
      : undefined;
  return { hint: other ? 'in-another-lot' : null, hintLotId: other?.id ?? null };
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

const differ = (one: string | null, other: string | null): boolean => one !== null && other !== null && one !== other;

/** The same scan again is answered as before; the label on another device, or on one of another lot, is refused. */
async function asBefore(tx: Tx, deviceId: string, lotId: string, label: string, serial: string | null, imei: string | null): Promise<ReceivedDevice> {
  const before = await tx.one<ReceivedDevice & { serial: string | null; imei: string | null }>(
    `select id as "deviceId", label, matched, line_id as "lineId", category, serial, imei, null as hint, null as "hintLotId", note from device where id = $1 and lot_id = $2`,
    [deviceId, lotId],
  );
  if (!before || differ(serial, before.serial) || differ(imei, before.imei)) throw new DomainError('label-used', { label });
  const { serial: _, imei: __, ...received } = before;
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
  if (taken) return asBefore(tx, taken, reception.lotId, label, serial, imei);
  const found = await match(tx, reception, scan, serial, imei);
  const { how, line, category } = found;
  if (category === 'accessory') throw new DomainError('accessory-has-no-label');
  const hint = await hintOf(tx, found, reception.lotId, serial);
  const year = scan.manufacturedYear ?? line?.manufacturedYear ?? null;
  const age = ageOf(reception.donorKind === 'public-body', year, tx.now);
  const event: EventData<typeof intake.DeviceReceived> = {
    deviceId, state: 'received', lotId: reception.lotId, lineId: line?.id ?? null, donorId: reception.donorId, siteId: reception.siteId, label, category,
    maker: scan.maker ?? line?.maker ?? null, model: scan.model ?? line?.model ?? null, serial: serial ?? line?.serial ?? null, imei: imei ?? line?.imei ?? null,
    // What the donor wrote of a device that was chosen still finds it.
    aliases: [...new Set([...(scan.aliases ?? []), line?.assetTag, line?.serial])].filter((alias): alias is string => Boolean(alias) && alias !== (serial ?? line?.serial)),
    earmark: reception.earmark, matched: how, recycleForAge: age.recycle,
  };
  const inserted = await tx.execute(
    `insert into device (id, version, state, lot_id, line_id, donor_id, site_id, reception_id, label, category, maker, model, serial, imei, aliases, matched,
       manufactured_year, received_at, received_by, occurred_at, note)
     values ($1, 1, 'received', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
     on conflict (lot_id, serial) where serial is not null do nothing`,
    [deviceId, event.lotId, event.lineId, event.donorId, event.siteId, reception.id, label, category, event.maker, event.model, event.serial, event.imei, event.aliases, how,
      year, tx.now, tx.actor.subject, scan.occurredAt ?? null, age.note],
  );
  if (inserted === 0) throw new DomainError('already-received', { serial: event.serial ?? '' });
  const story = { ...tx.cause, correlationId: tx.cause.correlationId ?? reception.lotId };
  append(tx.because(story), intake.DeviceReceived, { key: deviceId, version: 1 }, event);
  return { deviceId, label, matched: how, lineId: event.lineId, category, ...hint, note: age.note };
}
