import { connection, lost, waitingToSend } from '../api/connection.js';
import { refurbishment } from '../api/clients.js';
import { isSessionOver, Problem } from '../api/problem.js';
import { session, sessionEnded } from '../session/session.js';
import { keep, type KeptScan, keptScans, readKept, replaceKept } from './kept-scans.js';
import { addLines, type Answer, changeLine, lineKey, type ScanLine } from './scan-log.js';

const AGAIN_MS = 3_000;
/** Longer than any answer takes: then nobody answers. */
const PATIENCE_MS = 15_000;

/** Scanned in this page and not asked for in vain so far: whoever scanned still looks at the answer. */
const fresh = new Set<string>();
let sending: Promise<void> | undefined;
let wanted = false;
let later: ReturnType<typeof setTimeout> | undefined;

/** Kept on the disk before anything is sent, so that no scan depends on the network or on this page. @param labels 200 at most */
export async function scan(labels: readonly string[], step: KeptScan['step']): Promise<readonly ScanLine[]> {
  const [key, at] = [crypto.randomUUID(), new Date().toISOString()];
  const lines = labels.map((label, i): ScanLine => ({ key: lineKey(key, i), label, step: step.step, at, state: 'waiting', reason: null, device: null }));
  const now = connection.get() === 'live' && (session.get()?.csrf ?? '') !== '';
  if (now) fresh.add(key);
  addLines(lines);
  try {
    await keep({ key, subject: session.get()?.subject ?? '', labels, step, occurredAt: at, taskSiteId: now ? null : ownSite(), stuck: null });
  } catch {
    // The disk is full, or the browser keeps nothing: whoever scans is told, and scans again.
    for (const line of lines) changeLine({ key: line.key, state: 'unkept' });
    return lines;
  }
  send();
  return lines;
}

/** Those of whoever is here. */
export const ownKept = (kept: readonly KeptScan[]): KeptScan[] => kept.filter(({ subject }) => subject === session.get()?.subject);

/** What was there before this page, and whatever comes: sent whenever somebody answers. */
export async function startQueue(): Promise<void> {
  keptScans.subscribe(() => waitingToSend.set(ownKept(keptScans.get()).reduce((sum, { labels }) => sum + labels.length, 0)));
  for (const store of [connection, session, sessionEnded]) store.subscribe(send);
  addEventListener('online', send);
  await readKept();
  send();
}

export async function tryStuckAgain(): Promise<void> {
  for (const kept of ownKept(keptScans.get())) if (kept.stuck !== null) await replaceKept(kept.key, { ...kept, stuck: null });
  send();
}

function send(): void {
  wanted = true;
  sending ??= drain().finally(() => {
    sending = undefined;
    if (wanted) send();
  });
}

/** One after the other, in one tab at a time; ends where nobody answers. */
async function drain(): Promise<void> {
  while (wanted) {
    wanted = false;
    await alone(async () => {
      // Another tab may have sent some of them.
      await readKept();
      for (let next = first(); next && maySend(); next = first()) if (!(await attempt(next))) return;
    });
  }
}

const alone = async (work: () => Promise<void>): Promise<void> => void (await (navigator.locks?.request('lacollecte.scans', work) ?? work()));
const first = (): KeptScan | undefined => ownKept(keptScans.get()).find(({ stuck }) => stuck === null);
const maySend = (): boolean => connection.get() === 'live' && !sessionEnded.get() && (session.get()?.csrf ?? '') !== '';
const ownSite = (): string | null => session.get()?.siteIds[0] ?? null;

/** @returns whether the next one can follow */
async function attempt(kept: KeptScan): Promise<boolean> {
  const { key, labels, step, occurredAt, taskSiteId } = kept;
  try {
    const { data } = await refurbishment.call.POST('/api/refurbishment/scans', {
      body: { scans: labels.map((label) => ({ ...step, label, occurredAt })), taskSiteId }, headers: { 'idempotency-key': key }, signal: AbortSignal.timeout(PATIENCE_MS),
    });
    if (data?.items.length !== labels.length) throw new Error('not every scan was answered');
    await settle(kept, data.items);
    return true;
  } catch (error) {
    fresh.delete(key);
    return refused(kept, error);
  }
}

/** Where nobody looks any more, what was refused is asked again under a key of its own: then it is done, or becomes a task. */
async function settle(kept: KeptScan, items: readonly Answer[]): Promise<void> {
  const unseen = !fresh.delete(kept.key) && kept.taskSiteId === null && ownSite() !== null;
  const again = { ...kept, key: crypto.randomUUID(), taskSiteId: ownSite(), labels: unseen ? items.filter(({ outcome }) => outcome === 'refused').map(({ label }) => label) : [] };
  if (again.labels.length > 0) await replaceKept(kept.key, again);
  let place = 0;
  for (const [i, { outcome, problem, device, taskId }] of items.entries()) {
    const line = lineKey(kept.key, i);
    if (unseen && outcome === 'refused') changeLine({ key: line, newKey: lineKey(again.key, place++) });
    else changeLine({ key: line, state: taskId === null ? outcome : 'task', reason: problem?.title ?? null, device });
  }
  // Whoever scans does not wait for this.
  if (again.labels.length === 0) await replaceKept(kept.key, null);
}

/** Refused as a whole, or not answered. */
async function refused(kept: KeptScan, error: unknown): Promise<boolean> {
  if (isSessionOver(error)) return false;
  if (error instanceof Problem && error.status >= 400 && error.status < 500 && error.status !== 408 && error.status !== 429) {
    const stuck = error.title === '' ? error.code : error.title;
    for (const i of kept.labels.keys()) changeLine({ key: lineKey(kept.key, i), state: 'refused', reason: { fr: stuck, en: stuck } });
    await replaceKept(kept.key, { ...kept, stuck });
    return true;
  }
  if (!(error instanceof Problem) && connection.get() === 'live') lost();
  clearTimeout(later);
  later = setTimeout(send, AGAIN_MS);
  return false;
}
