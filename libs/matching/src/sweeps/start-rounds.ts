import type { Tx } from '@lacollecte/database';
import { type Sweep, settingsOf } from '@lacollecte/runtime';
import { requestRound } from '../commands/request-round.js';
import { matchingSettings } from '../settings.js';

/** Whether somebody waits: at all, and with urgency 4 since the last round was asked for (one that was already running did not see it). */
const WAITING = `select
    coalesce((select max(created_at) from round) + make_interval(mins => $1) <= $2, true) as due,
    exists (select from need_line l join need n on n.id = l.need_id where l.open > 0 and n.state in ('approved', 'partly-allocated')) as waiting,
    exists (select from need_line l join need n on n.id = l.need_id where l.open > 0 and l.urgency = 4 and n.state in ('approved', 'partly-allocated')
      and n.decided_at > coalesce((select max(created_at) from round), '-infinity')) as urgent`;

export async function startRounds(tx: Tx): Promise<number> {
  const { roundIntervalMinutes } = await settingsOf(tx, matchingSettings);
  const row = await tx.one<{ due: boolean; waiting: boolean; urgent: boolean }>(WAITING, [roundIntervalMinutes, tx.now]);
  if (!row?.waiting || !(row.due || row.urgent)) return 0;
  return (await requestRound(tx, row.urgent ? 'urgent' : 'hourly')) === null ? 0 : 1;
}

export const startRoundsSweep: Sweep = { name: 'matching-start-rounds', everySeconds: 5, run: startRounds };
