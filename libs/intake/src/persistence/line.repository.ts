import type { Category } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';

export interface MatchedLine {
  readonly id: string;
  readonly category: Category;
  readonly maker: string | null;
  readonly model: string | null;
  readonly imei: string | null;
  readonly assetTag: string | null;
  readonly manufacturedYear: number | null;
}

const COLUMNS = 'id, category, maker, model, imei, asset_tag as "assetTag", manufactured_year as "manufacturedYear"';
/**
 * One more device of a line, never beyond its quantity: what was awaited is received, and once nothing is awaited what was
 * missing is found. The guard is the update's own, so that any number of scanners may try at once.
 */
const RECEIVE = `update lot_line set received = received + 1, missing = missing - case when declined + received + refused + missing = quantity then 1 else 0 end
  where id = $1 and (declined + received + refused + missing < quantity or missing > 0) returning ${COLUMNS}`;

export function receiveOnLine(tx: Tx, lineId: string): Promise<MatchedLine | undefined> {
  return tx.one<MatchedLine>(RECEIVE, [lineId]);
}

/** The line of this lot that names the device. */
export async function lineOfSerial(tx: Tx, lotId: string, serial: string | null, imei: string | null): Promise<string | undefined> {
  if (!serial && !imei) return undefined;
  const row = await tx.one<{ id: string }>(
    `select id from lot_line where lot_id = $1 and (serial = $2 or imei = $3) order by serial = $2 desc nulls last limit 1`,
    [lotId, serial, imei],
  );
  return row?.id;
}

/** Counted lines of the category (none that names a device by its IMEI) with room, those of the same model first, then of the same maker. */
export async function countedLines(tx: Tx, lotId: string, category: Category, maker: string | null, model: string | null): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from lot_line
     where lot_id = $1 and category = $2 and serial is null and imei is null and (declined + received + refused + missing < quantity or missing > 0)
     order by (lower(maker) = lower($3) and lower(model) = lower($4)) desc nulls last, (lower(maker) = lower($3)) desc nulls last, position limit 20`,
    [lotId, category, maker, model],
  );
  return rows.map((row) => row.id);
}

/** A device refused at the dock, counted apart. */
export async function refuseOnLine(tx: Tx, lineId: string): Promise<boolean> {
  const changed = await tx.execute(
    `update lot_line set refused = refused + 1, missing = missing - case when declined + received + refused + missing = quantity then 1 else 0 end
     where id = $1 and (declined + received + refused + missing < quantity or missing > 0)`,
    [lineId],
  );
  return changed === 1;
}
