import { createStore } from '../api/store.js';

/** One step of one device, or the same of several, to be sent; in the order in which they were scanned. */
export interface KeptScan {
  /** Its Idempotency-Key. */
  readonly key: string;
  /** Whose it is: only they send it. */
  readonly subject: string;
  readonly labels: readonly string[];
  readonly step: { readonly step: string; readonly [content: string]: unknown };
  readonly occurredAt: string;
  /** Where it becomes a task if it is refused; null while whoever scanned looks at the answer. */
  readonly taskSiteId: string | null;
  /** Why the service does not take it as it is, in words: it stays until somebody tries again. */
  readonly stuck: string | null;
}
interface Row extends KeptScan {
  readonly position: number;
}

const SCANS = 'scans';
/** As they are in the browser's database: oldest first, of everybody who works with this browser. */
export const keptScans = createStore<readonly KeptScan[]>([]);
let opened: Promise<IDBDatabase> | undefined;

/** Opened again where it failed, or where the browser closed it (its files were lost, or the person cleared them). */
function open(): Promise<IDBDatabase> {
  const request = indexedDB.open('lacollecte', 1);
  request.addEventListener('upgradeneeded', () => request.result.createObjectStore(SCANS, { keyPath: 'position', autoIncrement: true }).createIndex('key', 'key', { unique: true }));
  const forget = () => (opened = undefined);
  request.addEventListener('error', forget);
  request.addEventListener('success', () => request.result.addEventListener('close', forget));
  return done(request);
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}

/** Resolves when it is on the disk (`strict`), or with the system that writes it there. */
async function within(mode: IDBTransactionMode, work: (rows: IDBObjectStore) => Promise<void>, durability: IDBTransactionDurability = 'strict'): Promise<void> {
  const transaction = (await (opened ??= open())).transaction(SCANS, mode, { durability });
  const written = new Promise<void>((resolve, reject) => {
    transaction.addEventListener('complete', () => resolve());
    transaction.addEventListener('abort', () => reject(transaction.error));
  });
  const rows = transaction.objectStore(SCANS);
  await work(rows);
  const kept = ((await done(rows.getAll())) as Row[]).map(({ position: _, ...scan }) => scan);
  await written;
  keptScans.set(kept);
}

export const readKept = (): Promise<void> => within('readonly', () => Promise.resolve());

/** Behind those that wait already. */
export const keep = (scan: KeptScan): Promise<void> => within('readwrite', async (rows) => void (await done(rows.add(scan))));

/** In its place; null: it has been answered. Where that is forgotten it is sent once more under the same key, and answered alike. */
export const replaceKept = (key: string, scan: KeptScan | null): Promise<void> =>
  within('readwrite', async (rows) => {
    const position = (await done<Row | undefined>(rows.index('key').get(key)))?.position;
    if (position === undefined) return;
    const request: IDBRequest = scan === null ? rows.delete(position) : rows.put({ ...scan, position });
    await done(request);
  }, scan === null ? 'relaxed' : 'strict');
