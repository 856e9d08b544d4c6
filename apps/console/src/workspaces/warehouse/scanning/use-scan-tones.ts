import { useEffect } from 'react';
import { type LineState, scanLog } from '../../../offline/scan-log.js';
import { sound } from './tones.js';

const GOOD: ReadonlySet<LineState> = new Set(['done', 'repeated', 'review']);
const BAD: ReadonlySet<LineState> = new Set(['refused', 'task', 'unkept']);

/** One of two tones for each answer that comes while the page is open. */
export function useScanTones(): void {
  useEffect(() => {
    let known = new Map(scanLog.get().map(({ key, state }) => [key, state]));
    return scanLog.subscribe(() => {
      const changed = scanLog.get().filter(({ key, state }) => known.get(key) !== state);
      known = new Map(scanLog.get().map(({ key, state }) => [key, state]));
      if (changed.some(({ state }) => BAD.has(state))) sound(false);
      else if (changed.some(({ state }) => GOOD.has(state))) sound(true);
    });
  }, []);
}
