import { type Category, DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { v7 } from 'uuid';
import { normaliseImei, normaliseSerial } from '../domain/identifiers.js';
import { lineOfSerial, onCountedLine, refuseOnLine } from '../persistence/line.repository.js';
import { openSession } from './change-reception.js';

export interface RefusedDevice {
  readonly receptionId: string;
  readonly category: Category;
  readonly serial?: string | null;
  readonly imei?: string | null;
  readonly maker?: string | null;
  readonly model?: string | null;
  readonly reason: 'dangerous' | 'leased' | 'not-the-donors' | 'other';
}

/** Refused at the dock: it goes back with the driver and is counted apart. Gives whether the manifest had named it. */
export async function refuseDevice(tx: Tx, input: RefusedDevice): Promise<{ id: string; lineId: string | null }> {
  const reception = await openSession(tx, input.receptionId);
  const serial = input.serial ? normaliseSerial(input.serial) : null;
  const imei = input.imei ? normaliseImei(input.imei) : null;
  if (input.imei && !imei) throw new DomainError('imei-invalid');
  const named = await lineOfSerial(tx, reception.lotId, serial, imei);
  const line = named ? await refuseOnLine(tx, named.id) : await onCountedLine(tx, { ...input, lotId: reception.lotId }, (id) => refuseOnLine(tx, id));
  const lineId = line?.id ?? null;
  if (named && !named.declined && lineId === null) throw new DomainError('already-received', { serial: serial ?? imei ?? '' });
  const id = v7();
  await tx.execute(
    `insert into dock_refusal (id, reception_id, lot_id, donor_id, line_id, category, serial, imei, reason, refused_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [id, reception.id, reception.lotId, reception.donorId, lineId, input.category, serial, imei, input.reason, tx.actor.subject],
  );
  return { id, lineId };
}

/** Accessories are counted stock of the site: no label, not in the lot's sums. */
export async function countAccessories(tx: Tx, { receptionId, kind, quantity }: { receptionId: string; kind: string; quantity: number }): Promise<{ siteId: string; kind: string; quantity: number }> {
  const reception = await openSession(tx, receptionId);
  const row = await tx.one<{ quantity: number }>(
    `insert into accessory_stock (site_id, kind, quantity) values ($1, $2, $3)
     on conflict (site_id, kind) do update set quantity = accessory_stock.quantity + excluded.quantity returning quantity`,
    [reception.siteId, kind, quantity],
  );
  return { siteId: reception.siteId, kind, quantity: row!.quantity };
}
