import { type Category, DomainError, type FieldError, intake } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { v7 } from 'uuid';
import { isSpoiltBySpreadsheet, normaliseImei, normaliseSerial } from '../domain/identifiers.js';
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
  readonly declaredValueMethod?: string | null;
  readonly declaredValueProof?: string | null;
  readonly notes?: string | null;
}

interface Prepared extends Omit<TypedLine, 'serial' | 'imei'> {
  readonly serial: string | null;
  readonly imei: string | null;
}

/** Throws `validation` with a pointer below `at` for each line that is refused. */
function prepare(lines: readonly TypedLine[], at: (i: number) => string): Prepared[] {
  const errors: FieldError[] = [];
  const serials = new Set<string>();
  const prepared = lines.map((line, i): Prepared => {
    const serial = line.serial ? normaliseSerial(line.serial) : null;
    const imei = line.imei ? normaliseImei(line.imei) : null;
    if (line.serial && isSpoiltBySpreadsheet(line.serial)) errors.push({ pointer: `${at(i)}/serial`, code: 'serial-spoilt' });
    if (line.imei && !imei) errors.push({ pointer: `${at(i)}/imei`, code: 'imei-invalid' });
    if ((serial || imei) && line.quantity > 1) errors.push({ pointer: `${at(i)}/quantity`, code: 'serial-with-quantity' });
    if (serial && serials.has(serial)) errors.push({ pointer: `${at(i)}/serial`, code: 'serial-twice' });
    if (serial) serials.add(serial);
    return { ...line, serial, imei };
  });
  if (errors.length > 0) throw new DomainError('validation', {}, errors);
  return prepared;
}

/** A serial may stand in one open lot of a donor. Throws `serial-in-open-lot`. */
async function requireNewSerials(tx: Tx, lot: LotRow, serials: readonly string[], except: string | null = null): Promise<void> {
  if (serials.length === 0) return;
  const known = await tx.one<{ serial: string }>(
    `select l.serial from lot_line l join lot on lot.id = l.lot_id
     where l.serial = any($1) and lot.donor_id = $2 and lot.state not in ('closed', 'declined', 'cancelled') and l.id is distinct from $3 limit 1`,
    [serials, lot.donorId, except],
  );
  if (known) throw new DomainError('serial-in-open-lot', { serial: known.serial });
}

/** Adds lines to a draft. Throws `lot-state`, `stale-version`, `serial-in-open-lot`, `validation`. */
export async function addLines(tx: Tx, input: { lotId: string; lines: readonly TypedLine[]; version: number }): Promise<void> {
  const lot = await changeable(tx, input);
  const lines = prepare(input.lines, (i) => `/body/lines/${i}`);
  await requireNewSerials(tx, lot, lines.flatMap((line) => line.serial ?? []));
  const last = await tx.one<{ position: number }>('select coalesce(max(position), 0) as position from lot_line where lot_id = $1', [lot.id]);
  const rows = lines.map((line, i) => ({ ...line, id: v7(), position: last!.position + i + 1 }));
  await tx.execute(
    `insert into lot_line (id, lot_id, donor_id, position, category, maker, model, serial, imei, asset_tag, quantity, manufactured_year, condition, declared_value, declared_value_method, declared_value_proof, notes)
     select id, $2, $3, position, category, maker, model, serial, imei, "assetTag", quantity, "manufacturedYear", condition, "declaredValue", "declaredValueMethod",
       "declaredValueProof", notes
     from jsonb_to_recordset($1) as l(id uuid, position int, category text, maker text, model text, serial text, imei text, "assetTag" text, quantity int,
       "manufacturedYear" int, condition text, "declaredValue" text, "declaredValueMethod" text, "declaredValueProof" text, notes text)`,
    [JSON.stringify(rows), lot.id, lot.donorId],
  );
  await saveLot(tx, { ...lot, version: lot.version + 1 }, intake.LotChanged);
}

/** Writes one line of a draft anew. Throws as `addLines`, and `line-unknown`. */
export async function changeLine(tx: Tx, input: { lotId: string; lineId: string; line: TypedLine; version: number }): Promise<void> {
  const lot = await changeable(tx, input);
  const line = prepare([input.line], () => '/body')[0]!;
  await requireNewSerials(tx, lot, line.serial ? [line.serial] : [], input.lineId);
  const changed = await tx.execute(
    `update lot_line set category = $3, maker = $4, model = $5, serial = $6, imei = $7, asset_tag = $8, quantity = $9, manufactured_year = $10, condition = $11,
       declared_value = $12, declared_value_method = $13, declared_value_proof = $14, notes = $15 where lot_id = $1 and id = $2`,
    [
      lot.id, input.lineId, line.category, line.maker, line.model, line.serial, line.imei, line.assetTag, line.quantity, line.manufacturedYear, line.condition, line.declaredValue,
      line.declaredValueMethod, line.declaredValueProof, line.notes,
    ],
  );
  if (changed === 0) throw new DomainError('line-unknown');
  await saveLot(tx, { ...lot, version: lot.version + 1 }, intake.LotChanged);
}

/** Takes lines out of a draft. */
export async function removeLines(tx: Tx, input: { lotId: string; lineIds: readonly string[]; version: number }): Promise<void> {
  const lot = await changeable(tx, input);
  const removed = await tx.execute('delete from lot_line where lot_id = $1 and id = any($2::uuid[])', [lot.id, input.lineIds]);
  if (removed !== new Set(input.lineIds).size) throw new DomainError('line-unknown');
  await saveLot(tx, { ...lot, version: lot.version + 1 }, intake.LotChanged);
}

/** A lot whose lines and words may change. Throws `site-not-yours`, `stale-version`, `lot-state`. */
export async function changeable(tx: Tx, { lotId, version }: { lotId: string; version: number }): Promise<LotRow> {
  const lot = await lockLot(tx, lotId);
  requireSiteOf(lot, tx.actor);
  if (lot.version !== version) throw new DomainError('stale-version');
  requireState(lot, 'draft');
  return lot;
}
