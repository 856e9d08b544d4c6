import type { Tx } from '@lacollecte/database';
import type { LastStep } from '../domain/undo.js';

export interface LoggedStep {
  readonly step: string;
  readonly by: string;
  readonly at: string;
  /** The same content as the one asked for. */
  readonly same: boolean;
}

/** The newest steps that stand, newest first, each compared with a content. */
export async function recentSteps(tx: Tx, deviceId: string, payload: object): Promise<LoggedStep[]> {
  const rows = await tx.query<Omit<LoggedStep, 'at'> & { at: Date }>(
    `select step, by, at, payload = $2::jsonb as same from step where device_id = $1 and undone_at is null order by position desc limit 100`,
    [deviceId, JSON.stringify(payload)],
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

export async function lastStep(tx: Tx, deviceId: string): Promise<(LastStep & { position: string }) | undefined> {
  const row = await tx.one<Omit<LastStep, 'at'> & { position: string; at: Date }>(
    `select position, step, by, at, version, before from step where device_id = $1 order by position desc limit 1`,
    [deviceId],
  );
  return row && { ...row, at: row.at.toISOString() };
}

export async function crossOut(tx: Tx, position: string, at: string): Promise<void> {
  await tx.execute('update step set undone_at = $2 where position = $1', [position, at]);
}
