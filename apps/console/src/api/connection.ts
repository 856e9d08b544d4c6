import { createStore } from './store.js';

/** `reconnecting`: the network is there, the server does not answer. */
export type Connection = 'live' | 'reconnecting' | 'offline';

const PROBE_MS = 3_000;

export const connection = createStore<Connection>(navigator.onLine ? 'live' : 'offline');
/** How many commands wait to be sent; whoever keeps them says so. */
export const waitingToSend = createStore(0);

let probe: ReturnType<typeof setTimeout> | undefined;

/** Nobody answered a request: from now on the server is asked until it does. */
export function lost(): void {
  connection.set(navigator.onLine ? 'reconnecting' : 'offline');
  probe ??= setTimeout(() => void tryAgain(), PROBE_MS);
}

export function reached(): void {
  clearTimeout(probe);
  probe = undefined;
  connection.set('live');
}

async function tryAgain(): Promise<void> {
  probe = undefined;
  // Any answer will do, a refusal too.
  await fetch('/auth/me', { cache: 'no-store' }).then((response) => (response.status < 502 ? reached() : lost()), lost);
}

addEventListener('online', () => void tryAgain());
addEventListener('offline', lost);
