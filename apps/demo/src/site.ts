import { chunks, type Person } from './client.js';
import type { LotView } from './donor.js';
import type { Staff } from './people.js';
import { type Line, type PlannedDevice, usableComputers } from './plan.js';

/** Scans of one request: it is one transaction, well under a second. */
const SCANS = 100;
const ROLL = 1_000;
/** From so many on, a pick-up costs the donor nothing (a). */
const PICKUP_FROM = 15;
const PER_PALLET = 120;

/** A device that the site received, under the label that was stuck on it. */
export interface ReceivedDevice extends PlannedDevice {
  readonly label: string;
}

export interface Site {
  readonly siteId: string;
  readonly operator: Person;
}

/** The coordinator looks at what is offered, takes it for the nearest site that has somebody, and has it fetched. */
export async function acceptLot({ coordinator, operators }: Staff, lot: LotView, lines: readonly Line[]): Promise<Site> {
  const suggestions = await coordinator.get<{ siteId: string }[]>(`/intake/lots/${lot.id}/site-suggestions`);
  const siteId = suggestions.map((suggestion) => suggestion.siteId).find((id) => operators.has(id));
  if (siteId === undefined) throw new Error('no site with a demonstration account can take the lot');
  const brought = usableComputers(lines) < PICKUP_FROM;
  await coordinator.post(`/intake/lots/${lot.id}/acceptance`, 'accept lot', { version: lot.version, body: { siteId, brought } });
  if (!brought) await fetchLot(coordinator, lot, siteId);
  return { siteId, operator: operators.get(siteId)! };
}

async function fetchLot(coordinator: Person, lot: LotView, siteId: string): Promise<void> {
  const pallets = Math.min(200, Math.ceil(lot.declared / PER_PALLET));
  const body = { siteId, plannedOn: new Date().toISOString().slice(0, 10), pallets, seals: palletsOf(pallets) };
  const pickup = await coordinator.post<{ id: string; version: number }>(`/intake/lots/${lot.id}/pickups`, 'schedule pick-up', { body });
  await coordinator.post(`/intake/pickups/${pickup.id}/end`, 'end pick-up', { version: pickup.version, body: { done: true } });
}

const palletsOf = (count: number): string[] => Array.from({ length: count }, (_, i) => `P-${String(i + 1).padStart(3, '0')}`);

/** One session at the dock: packages, then every device under its label; at the end what has not come is missing. */
export async function receiveLot({ siteId, operator }: Site, lot: LotView, lines: readonly Line[], devices: readonly PlannedDevice[], now: (text: string) => void): Promise<ReceivedDevice[]> {
  const packages = palletsOf(Math.min(200, Math.ceil(lot.declared / PER_PALLET)));
  const reception = await operator.post<{ id: string }>(`/intake/lots/${lot.id}/receptions`, 'open reception', { body: { siteId, packages } });
  await operator.post(`/intake/receptions/${reception.id}/packages`, 'tick packages', { body: { names: packages } });
  await Promise.all(devices.filter(({ arrival }) => arrival === 'refused').map((device) => refuse(operator, reception.id, device)));
  await countAccessories(operator, reception.id, lines);

  const announced = devices.filter(({ arrival }) => arrival === 'received');
  const others = devices.filter(({ arrival }) => arrival === 'unexpected');
  const labels = await rolls(operator, siteId, announced.length + others.length);
  const labelled = [...announced, ...others].map((device, i): ReceivedDevice => ({ ...device, label: labels[i]! }));
  let received = 0;
  const scan = (part: readonly ReceivedDevice[]): Promise<unknown> => Promise.all(chunks(part, SCANS).map(async (some) => {
    await scanIn(operator, reception.id, some);
    received += some.length;
    now(`${received} of ${labelled.length} devices labelled`);
  }));
  await scan(labelled.slice(0, announced.length));
  // Last: while a counted line has room, a device of its kind is one of its number.
  await scan(labelled.slice(announced.length));

  const { version } = await operator.get<{ version: number }>(`/intake/receptions/${reception.id}`);
  await operator.post(`/intake/receptions/${reception.id}/end`, 'close reception', { version });
  const open = await operator.get<LotView>(`/intake/lots/${lot.id}`);
  await operator.post(`/intake/lots/${lot.id}/reception-end`, 'end reception', { version: open.version });
  return labelled;
}

async function rolls(operator: Person, siteId: string, count: number): Promise<string[]> {
  const sizes = Array.from({ length: Math.ceil(count / ROLL) }, (_, i) => Math.min(ROLL, count - i * ROLL));
  const issued = await Promise.all(sizes.map((size, i) => operator.post<{ labels: string[] }>('/intake/label-rolls', `roll ${i}`, { body: { siteId, count: size } })));
  return issued.flatMap(({ labels }) => labels);
}

function refuse(operator: Person, receptionId: string, { category, serial, named, maker, model, position }: PlannedDevice): Promise<unknown> {
  const body = { category, maker, model, reason: 'leased', serial: named ? serial : null };
  return operator.post(`/intake/receptions/${receptionId}/refusals`, `refuse ${position}`, { body });
}

async function countAccessories(operator: Person, receptionId: string, lines: readonly Line[]): Promise<void> {
  for (const line of lines.filter(({ category }) => category === 'accessory')) {
    for (let left = line.quantity - line.declined, part = 0; left > 0; left -= 10_000, part++) {
      const body = { kind: line.model ?? 'accessory', quantity: Math.min(left, 10_000) };
      await operator.post(`/intake/receptions/${receptionId}/accessories`, `accessory ${line.id} ${part}`, { body });
    }
  }
}

type ScanResult = { readonly label: string; readonly status: 'received' } | { readonly label: string; readonly status: 'refused'; readonly code: string };

async function scanIn(operator: Person, receptionId: string, devices: readonly ReceivedDevice[]): Promise<void> {
  const scans = devices.map(({ label, serial, imei, category, maker, model }) => ({ label, serial, imei, category, maker, model }));
  const { results } = await operator.post<{ results: ScanResult[] }>(`/intake/receptions/${receptionId}/scans`, `scan ${devices[0]!.position}`, { body: { scans } });
  const refused = results.find((result) => result.status === 'refused');
  if (refused) throw new Error(`${refused.label} could not be received: ${refused.code}`);
}
