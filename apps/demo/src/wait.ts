import { setTimeout as delay } from 'node:timers/promises';

/** What a person would call waiting for ever: on a machine that works, nothing stands still for so long. */
const PATIENCE_MS = 120_000;

/** Where something never came true, in words. */
export class Impatience extends Error {}

/**
 * Asks again and again, ever more slowly, until the answer is not `undefined`.
 * @param state what is the case meanwhile, for the message: while it changes, there is hope
 * @throws Impatience naming what was waited for
 */
export async function waitFor<T>(what: string, check: () => Promise<T | undefined>, state: () => string = () => '', patienceMs = PATIENCE_MS): Promise<T> {
  let since = Date.now();
  let before = state();
  for (let pause = 50; ; pause = Math.min(pause * 1.5, 1_000)) {
    const answer = await check();
    if (answer !== undefined) return answer;
    const now = state();
    if (now !== before) since = Date.now();
    if (Date.now() - since > patienceMs) throw new Impatience(`waited ${patienceMs / 1000} s in vain: ${what}${now && ` (${now})`}`);
    before = now;
    await delay(pause);
  }
}
