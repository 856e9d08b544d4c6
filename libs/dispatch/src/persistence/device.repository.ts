import { canonicalLabel, DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { KnownDevice } from '../domain/picking.js';

/**
 * Makes rows for these devices where there are none and locks them, in order: a recall that comes at the same moment waits, and then
 * finds the devices in their shipment.
 */
export async function lockDevices(tx: Tx, ids: readonly string[]): Promise<Map<string, KnownDevice>> {
  const sorted = [...new Set(ids)].sort();
  await tx.execute('insert into device (id) select unnest($1::uuid[]) on conflict do nothing', [sorted]);
  const rows = await tx.query<{ id: string; label: string | null; recalled: boolean }>(
    'select id, label, recalled from device where id = any($1::uuid[]) order by id for update',
    [sorted],
  );
  return new Map(rows.map((row) => [row.id, { label: row.label, recalled: row.recalled }]));
}

const BY_SCAN = `select s.n, d.id from unnest($1::text[], $2::text[]) with ordinality as s(id, label, n)
  left join lateral (select id from device where device.label is not null and (device.id = s.id::uuid or device.label = s.label)
    order by evidence_at desc nulls last limit 1) d on true order by s.n`;

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/**
 * The devices of what was scanned (label as stuck on it, or the device's id), in order. One that is not known is answered by the reason:
 * no label at all, or issued but not heard of here yet.
 */
export async function devicesOfScans(tx: Tx, scans: readonly string[]): Promise<(string | DomainError)[]> {
  const ids = scans.map((scan) => (UUID.test(scan.trim()) ? scan.trim() : null));
  const labels = scans.map((scan, i) => (ids[i] ? null : canonicalLabel(scan)));
  const rows = await tx.query<{ id: string | null }>(BY_SCAN, [ids, labels]);
  return rows.map((row, i) => {
    if (row.id) return row.id;
    return ids[i] || labels[i] ? new DomainError('not-here-yet') : new DomainError('not-a-label', { scanned: (scans[i] ?? '').slice(0, 60) });
  });
}

/** The device of one scan; throws where it is not known. */
export async function deviceOfScan(tx: Tx, scan: string): Promise<string> {
  const [found] = await devicesOfScans(tx, [scan]);
  if (typeof found !== 'string') throw found ?? new DomainError('not-here-yet');
  return found;
}
