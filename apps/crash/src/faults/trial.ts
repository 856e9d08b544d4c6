import type { Client } from '../client.js';
import type { Scene } from '../people.js';
import { Random } from '../random.js';
import type { System } from '../system.js';
import { caughtUp } from './backlog.js';
import type { Distributed } from './distributed.js';
import { type Fault, NotStruck } from './fault.js';
import { Load } from './load.js';

/** So long after a fault nothing of it may wait any more. */
const RECOVER_MS = 120_000;

/** One fault, struck once. */
export interface Trial {
  readonly fault: string;
  readonly seed: number;
  /** What shows that it struck; null where nothing does. */
  readonly proof: string | null;
  readonly violations: readonly string[];
  readonly counts: Client['counts'];
  /** From the end of the fault until nothing of before waited; null where that did not come. */
  readonly recoverMs: number | null;
  readonly lastedMs: number;
}

/** Strikes while people work, lets all settle, and looks for what was lost or done twice. */
export async function tryFault(system: System<Distributed>, scene: Scene, fault: Fault, seed: number): Promise<Trial> {
  const random = new Random(seed);
  const [start, begun] = [performance.now(), new Date(Date.now() - 60_000)];
  const violations: string[] = [];
  let proof: string | null = null;
  let recoverMs: number | null = null;
  const load = await Load.start(system, scene, random, fault.quiet);
  try {
    const blow = await fault.strike({ system, scene, random, load });
    proof = blow.proof;
    const waiting = await caughtUp(system, begun, RECOVER_MS);
    if (waiting === undefined) recoverMs = performance.now() - blow.over;
    else violations.push(`after ${RECOVER_MS / 1000} s there waits still: ${waiting}`);
  } catch (error) {
    violations.push(error instanceof NotStruck ? `did not strike: ${error.message}` : `the fault itself failed: ${(error as Error).stack}`);
  }
  await load.stop();
  violations.push(...(await system.violations()), ...(await load.client.broken()));
  return { fault: fault.name, seed, proof, violations, counts: load.client.counts, recoverMs, lastedMs: performance.now() - start };
}
