import { type Category, DomainError, type FieldError, intake } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { v7 } from 'uuid';
import { normaliseImei, normaliseSerial } from '../domain/identifiers.js';
import { requireState } from '../domain/lot.js';
import { lockLot, type LotRow, saveLot } from '../persistence/lot.repository.js';
import { requireSiteOf } from '../persistence/place.repository.js';

export interface TypedLine {
  readonly category: Category;
  readonly maker?: string | null;
  readonly model?: string | null;
  readonly serial?: string | null;
  readonly imei?: string | null;
  readonly assetTag?: string | null;
  readonly quantity: number;
  readonly manufacturedYear?: number | null;
  readonly condition?: string | null;
  readonly declaredValue?: string | null;
  readonly notes?: string | null;
}

interface Prepared extends Omit<TypedLine, 'serial' | 'imei'> {
  readonly serial: string | null;
  readonly imei: string | null;
}

/** Throws `validation` with a pointer for each line that is refused. */
function prepare(lines: readonly TypedLine[]): Prepared[] {
  const errors: FieldError[] = [];
  const serials = new Set<string>();
  const prepared = lines.map((line, i): Prepared => {
    const serial = line.serial ? normaliseSerial(line.serial) : null;
    const imei = line.imei ? normaliseImei(line.imei) : null;
    if (line.imei && !imei) errors.push({ pointer: `/body/lines/${i}/imei`, code: 'imei-invalid' });
    if (serial && line.quantity > 1) errors.push({ pointer: `/body/lines/${i}/quantity`, code: 'serial-with-quantity' });
    if (serial && serials.has(serial)) errors.push({ pointer: `/body/lines/${i}/serial`, code: 'serial-twice' });
    if (serial) serials.add(serial);
    return { ...line, serial, imei };
  });
  if (errors.length > 0) throw new DomainError('validation', {}, errors);
  return prepared;
}

/** A serial may stand in one open lot of a donor. Throws `serial-in-open-lot`. */
async function requireNewSerials(tx: Tx, lot: LotRow, serials: readonly string[]): Promise<void> {
  const known = await tx.one<{ serial: string }>(
    `select l.serial from lot_line l join lot on lot.id = l.lot_id
     where l.serial = any($1) and lot.donor_id = $2 and lot.state not in ('closed', 'declined', 'cancelled') limit 1`,
    [serials, lot.donorId],
  );
  if (known) throw new DomainError('serial-in-open-lot', { serial: known.serial });
}

/** Adds lines to a draft. Throws `lot-state`, `stale-version`, `serial-in-open-lot`, `validation`. */
export async function addLines(tx: Tx, input: { lotId: string; lines: readonly TypedLine[]; version: number }): Promise<void> {
  const lot = await changeable(tx, input);
  const lines = prepare(input.lines);
  await requireNewSerials(tx, lot, lines.flatMap((line) => line.serial ?? []));
  const last = await tx.one<{ position: number }>('select coalesce(max(position), 0) as position from lot_line where lot_id = $1', [lot.id]);
  const rows = lines.map((line, i) => ({ ...line, id: v7(), position: last!.position + i + 1 }));
  await tx.execute(
    `insert into lot_line (id, lot_id, donor_id, position, category, maker, model, serial, imei, asset_tag, quantity, manufactured_year, condition, declared_value, notes)
     select id, $2, $3, position, category, maker, model, serial, imei, "assetTag", quantity, "manufacturedYear", condition, "declaredValue", notes
     from jsonb_to_recordset($1) as l(id uuid, position int, category text, maker text, model text, serial text, imei text, "assetTag" text, quantity int,
       "manufacturedYear" int, condition text, "declaredValue" text, notes text)`,
    [JSON.stringify(rows), lot.id, lot.donorId],
  );
  await saveLot(tx, { ...lot, version: lot.version + 1 }, intake.LotChanged);
}

/** Takes lines out of a draft. */
export async function removeLines(tx: Tx, input: { lotId: string; lineIds: readonly string[]; version: number }): Promise<void> {
  const lot = await changeable(tx, input);
  const removed = await tx.execute('delete from lot_line where lot_id = $1 and id = any($2::uuid[])', [lot.id, input.lineIds]);
  if (removed !== new Set(input.lineIds).size) throw new DomainError('not-found');
  await saveLot(tx, { ...lot, version: lot.version + 1 }, intake.LotChanged);
}

async function changeable(tx: Tx, { lotId, version }: { lotId: string; version: number }): Promise<LotRow> {
  const lot = await lockLot(tx, lotId);
  requireSiteOf(lot, tx.actor);
  if (lot.version !== version) throw new DomainError('stale-version');
  requireState(lot, 'draft');
  return lot;
}
