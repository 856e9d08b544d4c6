import { setTimeout as delay } from 'node:timers/promises';

/** What a person would call waiting for ever: nothing here takes longer on a machine that works. */
const PATIENCE_MS = 180_000;

/** Where something never came true, in words. */
export class Impatience extends Error {}

/**
 * Asks again and again, ever more slowly, until the answer is not `undefined`.
 * @param state what is the case meanwhile, for the message
 * @throws Impatience naming what was waited for
 */
export async function waitFor<T>(what: string, check: () => Promise<T | undefined>, state: () => string = () => '', patienceMs = PATIENCE_MS): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (let pause = 50; ; pause = Math.min(pause * 1.5, 1_000)) {
    const answer = await check();
    if (answer !== undefined) return answer;
    if (Date.now() > deadline) throw new Impatience(`waited ${patienceMs / 1000} s in vain: ${what}${state() && ` (${state()})`}`);
    await delay(pause);
  }
}
