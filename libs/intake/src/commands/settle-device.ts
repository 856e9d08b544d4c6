import { type EventData, intake } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { advance } from '../domain/lot.js';
import * as tell from '../domain/notification.js';
import { loadLot, type LotRow, saveLot } from '../persistence/lot.repository.js';
import { notify } from '../persistence/notification.repository.js';

type Outcome = EventData<typeof intake.DeviceSettled>['outcome'];
interface Ended {
  readonly deviceId: string;
  readonly lotId: string;
}

/** The device has reached an end; the last one of a received lot closes it. A fact: what is settled already only changes its end. */
export async function settleDevice(tx: Tx, { deviceId, lotId }: Ended, outcome: Outcome): Promise<void> {
  const saved = await tx.one<{ version: number }>(
    `update device set state = 'settled', outcome = $2, version = version + 1 where id = $1 and (state <> 'settled' or outcome <> $2) returning version`,
    [deviceId, outcome],
  );
  if (!saved) return;
  append(tx, intake.DeviceSettled, { key: deviceId, version: saved.version }, { deviceId, lotId, state: 'settled', outcome });
  await closeIfDone(tx, lotId);
}

/** It came back: its lot is open again. */
export async function unsettleDevice(tx: Tx, { deviceId, lotId }: Ended): Promise<void> {
  const saved = await tx.one<{ version: number }>(
    `update device set state = 'received', outcome = null, version = version + 1 where id = $1 and state = 'settled' returning version`,
    [deviceId],
  );
  if (!saved) return;
  append(tx, intake.DeviceUnsettled, { key: deviceId, version: saved.version }, { deviceId, lotId, state: 'received' });
  await reopenIfClosed(tx, await loadLot(tx, lotId));
}

/** A device of a closed lot is here again, or may come in. The lot's row is locked. */
export async function reopenIfClosed(tx: Tx, lot: LotRow): Promise<void> {
  if (lot.state !== 'closed') return;
  await tx.execute('update lot set closed_at = null where id = $1', [lot.id]);
  await saveLot(tx, advance(lot, 'received'), intake.LotReopened);
}

/** Closed: no device of it is in a workshop or in stock any more, and none is being received. The lot's row is locked. */
export async function closeIfDone(tx: Tx, lotId: string): Promise<void> {
  const lot = await loadLot(tx, lotId);
  if (lot.state !== 'received') return;
  const open = await tx.one(
    `select 1 where exists (select from device where lot_id = $1 and state <> 'settled') or exists (select from reception where lot_id = $1 and state = 'open')`,
    [lotId],
  );
  if (open) return;
  await tx.execute('update lot set closed_at = $2 where id = $1', [lotId, tx.now]);
  const closed = advance(lot, 'closed');
  await saveLot(tx, closed, intake.LotClosed);
  const outcomes = await tx.query<{ outcome: string; n: number }>('select outcome, count(*)::int as n from device where lot_id = $1 group by outcome', [lotId]);
  await notify(tx, closed, tell.closed(lot, Object.fromEntries(outcomes.map(({ outcome, n }) => [outcome, n]))));
}
