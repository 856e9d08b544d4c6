import { constants } from 'node:os';

/** One press of Ctrl-C can arrive twice: from the terminal and from the process that started this one. */
const SAME_PRESS_MS = 300;

export interface StopSignal {
  /** Resolves once asked. */
  readonly promise: Promise<void>;
  readonly asked: boolean;
  /** 128 + the signal's number. */
  readonly status: number;
  dispose(): void;
}

/** Asked to stop by a signal or by the end of the process that started this one; asked a second time, ends at once. */
export function stopSignal(): StopSignal {
  let at: number | undefined;
  let status: number = 128 + constants.signals.SIGTERM;
  let resolve: () => void;
  const promise = new Promise<void>((done) => (resolve = done));
  const onSignal = (signal: NodeJS.Signals): void => {
    status = 128 + constants.signals[signal];
    if (at === undefined) at = performance.now();
    else if (performance.now() - at > SAME_PRESS_MS) process.exit(status);
    resolve();
  };
  // No second press: whoever started this may leave while it stops.
  const onGone = (): void => {
    if (at === undefined) onSignal('SIGTERM');
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  process.once('disconnect', onGone);
  const dispose = (): void => {
    for (const signal of signals) process.off(signal, onSignal);
    process.off('disconnect', onGone);
    if (process.connected) process.disconnect();
  };
  return {
    promise,
    get asked() {
      return at !== undefined;
    },
    get status() {
      return status;
    },
    dispose,
  };
}
