import type { Tx } from '@lacollecte/database';
import { fromCursor, type Page, toPage } from '@lacollecte/http';
import type { z } from 'zod';
import type { Check } from '../domain/device.js';
import type { ListedDeviceView } from '../http/views.schemas.js';
import { DEVICE_COLUMNS, type DeviceRow, toDevice } from '../persistence/device-row.js';
import { normalIdentifier } from '../persistence/identifiers.js';
import { deviceView } from './views.js';

type View = z.output<typeof ListedDeviceView>;
type Row = DeviceRow & { created_at: string; waitingSince: Date };

interface Paging {
  readonly after?: string | undefined;
  readonly limit: number;
}
export interface DeviceFilter extends Paging {
  readonly siteId?: string | undefined;
  readonly lotId?: string | undefined;
  readonly state?: string | undefined;
  readonly category?: string | undefined;
  readonly bench?: Check | undefined;
  readonly grade?: string | undefined;
  /** Of its label the beginning, of maker and model a part, of its other identifiers the whole. */
  readonly search?: string | undefined;
}

function listed({ created_at: _, waitingSince, ...row }: Row): View {
  const device = toDevice(row);
  return { ...deviceView(device), waitingSince: waitingSince.toISOString(), blockReason: device.block?.reason ?? null, blockUntil: device.blockUntil };
}

const FILTERS = { siteId: 'site_id = ', lotId: 'lot_id = ', state: 'state = ', category: 'category = ', bench: 'bench = ', grade: `grading ->> 'grade' = ` } as const;

const SPECIAL = /[\\%_]/g;
const PARTS_OF_LABEL = /[\s-]/g;

function searching(search: string, bind: (value: unknown) => string): string {
  const words = search.split(/\s+/).map((word) => `concat_ws(' ', maker, model) ilike ${bind(`%${word.replace(SPECIAL, '\\$&')}%`)}`);
  const label = `replace(label, '-', '') like ${bind(`${search.toUpperCase().replace(PARTS_OF_LABEL, '').replace(SPECIAL, '\\$&')}%`)}`;
  return `(${label} or (${words.join(' and ')}) or id in (select device_id from identifier where value = ${bind(normalIdentifier(search))}))`;
}

/** Devices in the order they came. */
export async function listDevices(tx: Tx, filter: DeviceFilter): Promise<Page<View>> {
  const values: unknown[] = [];
  const conditions = Object.entries(FILTERS).flatMap(([name, condition]) => {
    const value = filter[name as keyof typeof FILTERS];
    return value === undefined ? [] : [`${condition}$${values.push(value)}`];
  });
  if (filter.search !== undefined) conditions.push(searching(filter.search, (value) => `$${values.push(value)}`));
  const [at, id] = fromCursor(filter.after);
  if (at !== null) conditions.push(`(created_at, id) > ($${values.push(at)}::timestamptz, $${values.push(id)}::uuid)`);
  const rows = await tx.dynamic<Row>(
    `select ${DEVICE_COLUMNS}, waiting_since as "waitingSince", created_at::text from device ${conditions.length > 0 ? `where ${conditions.join(' and ')}` : ''}
     order by created_at, id limit $${values.push(filter.limit + 1)}`,
    values,
  );
  return toPage(rows, filter.limit, listed);
}

/** What waits at a bench of a site, the longest first. */
export async function benchQueue(tx: Tx, bench: { siteId: string; bench: Check } & Paging): Promise<Page<View>> {
  const rows = await tx.query<Row>(
    `select ${DEVICE_COLUMNS}, waiting_since as "waitingSince", waiting_since::text as created_at from device
     where site_id = $1 and bench = $2 and ($3::timestamptz is null or (waiting_since, id) > ($3, $4::uuid)) order by waiting_since, id limit $5`,
    [bench.siteId, bench.bench, ...fromCursor(bench.after), bench.limit + 1],
  );
  return toPage(rows, bench.limit, listed);
}
