import { setTimeout as delay } from 'node:timers/promises';

/**
 * Repeats `check` until it neither throws nor returns false, and returns what it returned. The time limit is there for
 * what never comes true, so that its test fails with a reason; it is no measure of speed.
 * @throws Error naming `what` and the last reason
 */
export async function eventually<T>(check: () => T | Promise<T>, options: { what: string; timeoutMs?: number }): Promise<Exclude<T, false>> {
  const timeoutMs = options.timeoutMs ?? 20_000;
  const deadline = Date.now() + timeoutMs;
  let reason: unknown;
  do {
    try {
      const result = await check();
      if (result !== false) return result as Exclude<T, false>;
      reason = undefined;
    } catch (error) {
      reason = error;
    }
    await delay(25);
  } while (Date.now() < deadline);
  const detail = reason instanceof Error ? `: ${reason.message}` : '';
  throw new Error(`not within ${timeoutMs} ms: ${options.what}${detail}`, { cause: reason });
}
