import { createStore } from '../api/store.js';
import type { paths } from '../api/generated/refurbishment.js';

export type Answer = paths['/api/refurbishment/scans']['post']['responses'][200]['content']['application/json']['items'][number];

/** `seen`: it was only looked at. `unkept`: this browser could not keep it, so it was not sent. `task`: it was refused late, and somebody at the site looks at it. */
export type LineState = 'seen' | 'waiting' | 'done' | 'repeated' | 'review' | 'refused' | 'task' | 'unkept';

/** What became of one scan. */
export interface ScanLine {
  /** Of its command, and its place among the command's labels. */
  readonly key: string;
  readonly label: string;
  readonly step: string;
  readonly at: string;
  readonly state: LineState;
  /** Why it was refused, in both languages. */
  readonly reason: { readonly fr: string; readonly en: string } | null;
  readonly device: Answer['device'];
}

/** A long day's scans: all are counted, the pages draw the newest. */
const MOST_LINES = 20_000;
/** Newest first, of this page's life. */
export const scanLog = createStore<readonly ScanLine[]>([]);
/** Other tabs may send what was scanned here. */
const channel = new BroadcastChannel('lacollecte.scans');
channel.addEventListener('message', ({ data }: MessageEvent<Change>) => apply(data));

/** `newKey`: it was asked again under another one. */
type Change = { readonly key: string; readonly newKey?: string } & Partial<ScanLine>;

export const lineKey = (key: string, place: number): string => `${key}/${place}`;

export function addLines(lines: readonly ScanLine[]): void {
  scanLog.set([...lines.toReversed(), ...scanLog.get()].slice(0, MOST_LINES));
}

export function changeLine(change: Change): void {
  apply(change);
  channel.postMessage(change);
}

function apply({ newKey, ...change }: Change): void {
  scanLog.set(scanLog.get().map((line) => (line.key === change.key ? { ...line, ...change, key: newKey ?? line.key } : line)));
}
