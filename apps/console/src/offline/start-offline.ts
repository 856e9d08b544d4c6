import { session } from '../session/session.js';
import { mayEnter } from '../workspaces/workspace.js';
import { warehouse } from '../workspaces/warehouse/workspace.js';
import { startQueue } from './scan-queue.js';

/** For those who scan: what waits is sent wherever they are in the console, and their pages open with no network. */
export async function startOffline(): Promise<void> {
  if (!mayEnter(warehouse, session.get()?.roles ?? [])) return;
  if (import.meta.env.PROD) void navigator.serviceWorker?.register('/sw.js');
  await startQueue();
}
