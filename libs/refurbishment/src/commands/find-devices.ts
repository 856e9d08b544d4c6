import { canonicalLabel, DomainError } from '@lacollecte/contracts';
import type { Actor, Tx } from '@lacollecte/database';
import type { Device } from '../domain/device.js';
import { lockByIds, lockByLabels } from '../persistence/device.repository.js';
import { devicesByIdentifier } from '../persistence/identifiers.js';

/** Operators act at their own sites; coordinators at all. */
export const bound = (actor: Actor): boolean => actor.roles.includes('operator') && !actor.roles.some((role) => role === 'coordinator' || role === 'admin');

/** A device elsewhere is refused, naming where it is. */
export function mayActOn(actor: Actor, device: Pick<Device, 'label' | 'siteId' | 'state'>): void {
  if (bound(actor) && !actor.siteIds.includes(device.siteId)) {
    throw new DomainError('device-elsewhere', { label: device.label, siteId: device.siteId, state: device.state });
  }
}

/** What a label or other identifier that was scanned leads to: a locked device, or why it leads to none. */
export type Found = { readonly id: string } | { readonly error: DomainError };

/** A label that was issued but is not known here is on its way: its reception has not arrived yet. */
export function unknown(scanned: string): DomainError {
  const label = canonicalLabel(scanned);
  return label ? new DomainError('not-here-yet', { label }) : new DomainError('device-unknown', { identifier: scanned });
}

/** The device behind each of what was scanned, all locked in one order; each scan finds or misses on its own. */
export async function lockScanned(tx: Tx, scanned: readonly string[]): Promise<{ found: Found[]; devices: Map<string, Device> }> {
  const labels = scanned.map(canonicalLabel);
  const others = [...new Set(scanned.filter((_, i) => labels[i] === null))];
  if (others.length === 0) {
    const devices = await lockByLabels(tx, labels.filter((label) => label !== null));
    const byLabel = new Map(devices.map((device) => [device.label, device.id]));
    return { found: scanned.map((text, i) => place(byLabel.get(labels[i] ?? ''), text)), devices: byId(devices) };
  }
  const byOther = new Map<string, string[]>();
  for (const text of others) byOther.set(text, await devicesByIdentifier(tx, text));
  const rows = await tx.query<{ id: string; label: string }>('select id, label from device where label = any($1)', [labels.filter((label) => label !== null)]);
  const byLabel = new Map(rows.map(({ id, label }) => [label, id]));
  const devices = await lockByIds(tx, [...byLabel.values(), ...[...byOther.values()].filter((ids) => ids.length === 1).flat()]);
  return {
    found: scanned.map((text, i) => {
      const ids = byOther.get(text);
      if (ids && ids.length > 1) return { error: new DomainError('identifier-ambiguous', { identifier: text, count: ids.length }) };
      return place(ids ? ids[0] : byLabel.get(labels[i] ?? ''), text);
    }),
    devices: byId(devices),
  };
}

function place(id: string | undefined, scanned: string): Found {
  return id === undefined ? { error: unknown(scanned) } : { id };
}

function byId(devices: readonly Device[]): Map<string, Device> {
  return new Map(devices.map((device) => [device.id, device]));
}
