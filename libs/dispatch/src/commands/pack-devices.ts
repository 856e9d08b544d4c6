import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { packDevices as pack, parcelOf } from '../domain/packing.js';
import { contentOf, type Shipment } from '../domain/shipment.js';
import { devicesOfScans } from '../persistence/device.repository.js';
import { saveShipment } from '../persistence/shipment.repository.js';
import type { PackedView, ScanResult } from '../queries/views.js';
import { shipmentFor } from './change-shipment.js';

export interface ScanInput {
  /** Label as scanned, or the device's id. */
  readonly device: string;
  /** The scanner's own clock. */
  readonly occurredAt?: string;
}

interface Place {
  readonly shipmentId: string;
  readonly parcelId: string;
}

/** Puts devices into an open parcel; an answer for each, in order. */
async function packAll(tx: Tx, place: Place, scans: readonly ScanInput[]): Promise<{ shipment: Shipment; answers: (string | DomainError)[] }> {
  const before = await shipmentFor(tx, place.shipmentId);
  const devices = await devicesOfScans(tx, scans.map((scan) => scan.device));
  const known = devices.flatMap((itemId, i) => {
    const at = scans[i]?.occurredAt;
    return typeof itemId === 'string' ? [{ itemId, scannedAt: at === undefined ? null : new Date(at) }] : [];
  });
  const { answers: refusals, ...change } = pack(before, place.parcelId, known, tx.now);
  const shipment = await saveShipment(tx, before, change);
  const answers = devices.map((device) => (typeof device === 'string' ? (refusals.shift() ?? device) : device));
  return { shipment, answers };
}

function packedView(shipment: Shipment, parcelId: string, deviceId: string): PackedView {
  return {
    deviceId,
    label: shipment.items.find((item) => item.itemId === deviceId)?.label ?? null,
    parcelId,
    parcel: parcelOf(shipment, parcelId).number,
    inParcel: contentOf(shipment, parcelId).length,
    toPick: shipment.items.filter((item) => item.state === 'to-pick').length,
  };
}

/** Scans one device into a parcel. Refused with the reason: not of this shipment, recalled, packed already, not known here yet. */
export async function packDevice(tx: Tx, input: Place & ScanInput): Promise<PackedView> {
  const { shipment, answers } = await packAll(tx, input, [input]);
  const [answer] = answers;
  if (typeof answer !== 'string') throw answer ?? new DomainError('not-here-yet');
  return packedView(shipment, input.parcelId, answer);
}

/** Scans many; each is answered on its own, none is lost because of another. */
export async function packDevices(tx: Tx, input: Place & { scans: readonly ScanInput[] }): Promise<ScanResult[]> {
  const { shipment, answers } = await packAll(tx, input, input.scans);
  return answers.map((answer, i) => {
    const scanned = input.scans[i]?.device ?? '';
    if (typeof answer === 'string') return { scanned, packed: packedView(shipment, input.parcelId, answer), problem: null };
    return { scanned, packed: null, problem: { code: answer.code, params: { ...answer.params } } };
  });
}
