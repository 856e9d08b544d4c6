import { canonicalLabel, DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import type { KnownDevice } from '../domain/picking.js';

/**
 * Locks the gates of these devices, in order, and gives what is known of them: a recall that comes at the same moment waits, and then
 * finds the devices in their shipment.
 */
export async function lockDevices(tx: Tx, ids: readonly string[]): Promise<Map<string, KnownDevice>> {
  const sorted = [...new Set(ids)].sort();
  await tx.execute('insert into device_gate (id) select unnest($1::uuid[]) on conflict do nothing', [sorted]);
  await tx.query('select from device_gate where id = any($1::uuid[]) order by id for update', [sorted]);
  // Not together with the lock: what was said while we waited for it is seen too.
  const rows = await tx.query<{ id: string; label: string | null; recalled: boolean }>(
    'select g.id, d.label, coalesce(d.recalled, false) as recalled from device_gate g left join device d on d.id = g.id where g.id = any($1::uuid[])',
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
