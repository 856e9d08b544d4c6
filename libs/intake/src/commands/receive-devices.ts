import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { lockLists } from '../persistence/line.repository.js';
import { openSession } from './change-reception.js';
import { receive, type ReceivedDevice, type ScannedDevice } from './receive-device.js';

/** What became of one scan of a list: received, or refused with the code and params of the problem. */
export type ScanResult =
  | { readonly label: string; readonly status: 'received'; readonly device: ReceivedDevice }
  | { readonly label: string; readonly status: 'refused'; readonly code: string; readonly params: Readonly<Record<string, string | number>> };

/** A list received in one go: each answered by itself, none lost. */
export async function receiveDevices(tx: Tx, { receptionId, scans }: { receptionId: string; scans: readonly ScannedDevice[] }): Promise<ScanResult[]> {
  const reception = await openSession(tx, receptionId);
  await lockLists(tx, reception.lotId);
  const results: ScanResult[] = [];
  for (const scan of scans) {
    try {
      results.push({ label: scan.label, status: 'received', device: await tx.attempt(() => receive(tx, reception, scan)) });
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      results.push({ label: scan.label, status: 'refused', code: error.code, params: error.params });
    }
  }
  return results;
}
