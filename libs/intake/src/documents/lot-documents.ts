import type { Category } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { sumsIn } from '../domain/lot.js';
import { loadLot } from '../persistence/lot.repository.js';
import { BYTE_ORDER_MARK, csvLine } from './csv.js';
import { CANCELLED, CATEGORY, DEVICE_HEADERS, INVENTORY_HEADERS, type Language, NO, OUTCOME, OVER_TEN_YEARS, REFUSED, UNDER_WAY, UNEXPECTED, YES } from './words.js';

/** Rows that one read of a document takes. */
const ROWS = 2_000;

/** Runs a read as whoever asked, in a transaction of its own. */
export type Reading = <T>(read: (tx: Tx) => Promise<T>) => Promise<T>;

interface Thing {
  readonly category: Category;
  readonly maker: string | null;
  readonly model: string | null;
  readonly serial: string | null;
  readonly imei: string | null;
  readonly assetTag: string | null;
}
interface Line extends Thing {
  readonly position: number;
  readonly declared: number;
  readonly declined: number;
  readonly received: number;
  readonly refused: number;
  readonly declineReason: string | null;
  readonly refusals: readonly string[] | null;
}
interface Unlisted extends Thing {
  readonly id: string;
  readonly at: string;
  /** Null: it was received. */
  readonly refusal: string | null;
}
interface Device extends Thing {
  readonly id: string;
  readonly at: string;
  readonly label: string;
  readonly day: string;
  readonly announced: boolean;
  readonly outcome: string | null;
  readonly note: string | null;
}

const LINES = `select l.position, l.category, l.maker, l.model, l.serial, l.imei, l.asset_tag as "assetTag", l.quantity as declared, l.declined, l.received, l.refused, l.decline_reason as "declineReason",
    (select array_agg(distinct r.reason order by r.reason) from dock_refusal r where r.lot_id = l.lot_id and r.line_id = l.id) as refusals
  from lot_line l where l.lot_id = $1 and l.position > $2 order by l.position limit ${ROWS}`;
const UNLISTED = `select * from (
    select id, received_at::text as at, category, maker, model, serial, imei, null as "assetTag", null as refusal, received_at as "when" from device where lot_id = $1 and line_id is null
    union all select id, refused_at::text, category, null, null, serial, imei, null, reason, refused_at from dock_refusal where lot_id = $1 and line_id is null) u
  where $2::timestamptz is null or ("when", id) > ($2, $3::uuid) order by "when", id limit ${ROWS}`;
const DEVICES = `select d.id, d.received_at::text as at, d.label, d.category, d.maker, d.model, d.serial, d.imei, l.asset_tag as "assetTag",
    to_char(d.received_at at time zone 'Europe/Paris', 'YYYY-MM-DD') as day, d.line_id is not null as announced, d.outcome, d.note
  from device d left join lot_line l on l.id = d.line_id where d.lot_id = $1 and ($2::timestamptz is null or (d.received_at, d.id) > ($2, $3::uuid)) order by d.received_at, d.id limit ${ROWS}`;

const thing = ({ category, maker, model, serial, imei, assetTag }: Thing, language: Language) => [CATEGORY[category][language], maker, model, serial, imei, assetTag];

/** All rows, read on from the last one seen. */
async function* pages<R>(run: Reading, sql: string, lotId: string, after: (last: R | undefined) => readonly unknown[]): AsyncGenerator<R[]> {
  for (let last: R | undefined; ; ) {
    const rows = await run((tx) => tx.query<R & object>(sql, [lotId, ...after(last)]));
    if (rows.length === 0) return;
    yield rows;
    last = rows.at(-1);
  }
}

const byTime = (last: { at: string; id: string } | undefined) => [last?.at ?? null, last?.id ?? null];

/**
 * What was announced against what came, line by line, as CSV; then what came, or was refused, without having been announced.
 * @throws DomainError not-found, before anything is given
 */
export async function inventoryCsv(run: Reading, lotId: string, language: Language): Promise<AsyncGenerator<string>> {
  const lot = await run((tx) => loadLot(tx, lotId));
  const lotReason = lot.state === 'cancelled' ? CANCELLED[language] : lot.declineReason;
  const line = (row: Line): string => {
    const sums = sumsIn(lot.state, row);
    const remark = [row.declineReason ?? (sums.declined > 0 ? lotReason : null), ...(row.refusals ?? []).map((reason) => REFUSED[reason]?.[language] ?? reason)].filter(Boolean).join(', ');
    // The site counts accessories apart: none of them is missing or awaited.
    const rest = row.category === 'accessory' ? [0, 0] : [sums.missing, sums.awaited];
    return csvLine([row.position, ...thing(row, language), row.declared, sums.declined, row.received, row.refused, ...rest, remark]);
  };
  const unlisted = (row: Unlisted): string => {
    const remark = row.refusal === null ? UNEXPECTED[language] : `${UNEXPECTED[language]}, ${REFUSED[row.refusal]?.[language] ?? row.refusal}`;
    return csvLine([null, ...thing(row, language), 0, 0, row.refusal === null ? 1 : 0, row.refusal === null ? 0 : 1, 0, 0, remark]);
  };
  return (async function* () {
    yield BYTE_ORDER_MARK + csvLine(INVENTORY_HEADERS[language]);
    for await (const rows of pages<Line>(run, LINES, lotId, (last) => [last?.position ?? 0])) yield rows.map(line).join('');
    for await (const rows of pages<Unlisted>(run, UNLISTED, lotId, byTime)) yield rows.map(unlisted).join('');
  })();
}

/** Each device that came, with where it ended, as CSV. @throws DomainError not-found, before anything is given */
export async function devicesCsv(run: Reading, lotId: string, language: Language): Promise<AsyncGenerator<string>> {
  await run((tx) => loadLot(tx, lotId));
  const line = (row: Device): string => csvLine([
    row.label, ...thing(row, language), row.day, (row.announced ? YES : NO)[language], (row.outcome === null ? UNDER_WAY : OUTCOME[row.outcome])?.[language] ?? row.outcome,
    row.note === 'over-ten-years' ? OVER_TEN_YEARS[language] : row.note,
  ]);
  return (async function* () {
    yield BYTE_ORDER_MARK + csvLine(DEVICE_HEADERS[language]);
    for await (const rows of pages<Device>(run, DEVICES, lotId, byTime)) yield rows.map(line).join('');
  })();
}
