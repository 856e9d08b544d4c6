import type { Category } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';

export interface MatchedLine {
  readonly id: string;
  readonly category: Category;
  readonly maker: string | null;
  readonly model: string | null;
  readonly serial: string | null;
  readonly imei: string | null;
  readonly assetTag: string | null;
  readonly manufacturedYear: number | null;
}

const COLUMNS = 'id, category, maker, model, serial, imei, asset_tag as "assetTag", manufactured_year as "manufacturedYear"';
/**
 * One more device of a line, never beyond its quantity: one that was awaited, or missing once the lot's reception has ended. The
 * guard is the update's own, so that any number of scanners may try at once.
 */
const RECEIVE = `update lot_line set received = received + 1 where id = $1 and declined + received + refused < quantity returning ${COLUMNS}`;

export function receiveOnLine(tx: Tx, lineId: string): Promise<MatchedLine | undefined> {
  return tx.one<MatchedLine>(RECEIVE, [lineId]);
}

/** A line that names one device. */
export interface NamedLine {
  readonly id: string;
  readonly category: Category;
  /** We said that we do not take it. */
  readonly declined: boolean;
}

/** The line of this lot that names the device, by its serial before its IMEI. */
export async function lineOfSerial(tx: Tx, lotId: string, serial: string | null, imei: string | null): Promise<NamedLine | undefined> {
  if (!serial && !imei) return undefined;
  return tx.one<NamedLine>(
    `select id, category, declined = quantity as declined from lot_line where lot_id = $1 and serial = $2
     union all select id, category, declined = quantity from lot_line where lot_id = $1 and imei = $3 limit 1`,
    [lotId, serial, imei],
  );
}

/**
 * Before many devices come in one transaction: two lists of one lot would take labels and lines in different orders, and wait for
 * each other for ever.
 */
export async function lockLists(tx: Tx, lotId: string): Promise<void> {
  await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 8))', [lotId]);
}

/** A device that no line names. */
export interface Unnamed {
  readonly lotId: string;
  readonly category: Category;
  readonly maker?: string | null;
  readonly model?: string | null;
}

/**
 * Takes the first counted line of the device's category that still has room for it; undefined where none has. Others may fill
 * those we looked at before we come to them: then we look again, for a device is unexpected only where no line awaits one.
 */
export async function onCountedLine<L>(tx: Tx, device: Unnamed, take: (lineId: string) => Promise<L | undefined>): Promise<L | undefined> {
  for (;;) {
    const candidates = await countedLines(tx, device);
    if (candidates.length === 0) return undefined;
    for (const candidate of candidates) {
      const taken = await take(candidate);
      if (taken) return taken;
    }
  }
}

/** Counted lines of the category (none that names a device by its IMEI) with room: of the same maker first, then those that name none, then others; likewise of the model. */
async function countedLines(tx: Tx, { lotId, category, maker, model }: Unnamed): Promise<string[]> {
  const rows = await tx.query<{ id: string }>('select lines_with_room($1, $2, $3, $4) as id', [lotId, category, maker ?? null, model ?? null]);
  return rows.map((row) => row.id);
}

/** A device refused at the dock, counted apart. */
export function refuseOnLine(tx: Tx, lineId: string): Promise<{ id: string } | undefined> {
  return tx.one<{ id: string }>('update lot_line set refused = refused + 1 where id = $1 and declined + received + refused < quantity returning id', [lineId]);
}
