import { useEffect, useRef, useState } from 'react';
import { refurbishment } from '../../../api/clients.js';
import { addLines, scanLog } from '../../../offline/scan-log.js';
import type { Sheet } from '../scanning/steps.js';
import { sound } from '../scanning/tones.js';

/** What lies on the table. */
export interface OnTable {
  /** As it was scanned. */
  readonly text: string;
  /** What is known of it, from before where it could not be asked now; null where nothing is. */
  readonly sheet: Sheet | null;
  readonly error: unknown;
  readonly loading: boolean;
  /** Since when, ISO 8601. */
  readonly at: string;
}

/** Seen since the page was opened, by what was scanned: shown again at once, and with no network. */
const seen = new Map<string, Sheet>();

/** The device that was scanned last; one request a scan, and the answers to its steps change it with no other. */
export function useDevice(): readonly [OnTable | null, (text: string) => Promise<void>] {
  const [onTable, setOnTable] = useState<OnTable | null>(null);
  const last = useRef('');

  const look = async (text: string) => {
    const at = new Date().toISOString();
    last.current = text;
    setOnTable({ text, sheet: seen.get(text) ?? null, error: null, loading: true, at });
    const found = await refurbishment.call.GET('/api/refurbishment/devices/{identifier}', { params: { path: { identifier: text } } }).then(({ data }) => ({ sheet: data ?? null, error: null }), (error: unknown) => ({ sheet: null, error }));
    if (found.sheet) {
      const { label } = found.sheet;
      for (const name of [text, label]) seen.set(name, found.sheet);
      addLines([{ key: crypto.randomUUID(), label, step: '', at, state: 'seen', reason: null, device: found.sheet }]);
    } else if (last.current === text) sound(false);
    if (last.current === text) setOnTable({ text, sheet: found.sheet ?? seen.get(text) ?? null, error: found.error, loading: false, at });
  };

  useEffect(() => scanLog.subscribe(() => setOnTable((now) => now && { ...now, sheet: withAnswers(now.sheet) })), []);
  return [onTable, look];
}

function withAnswers(sheet: Sheet | null): Sheet | null {
  const device = sheet && scanLog.get().find((line) => line.device?.id === sheet.id && line.device.version > sheet.version)?.device;
  if (!device) return sheet;
  const next = { ...sheet, ...device };
  seen.set(next.label, next);
  return next;
}
