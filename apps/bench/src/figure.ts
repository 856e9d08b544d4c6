/** One measured ratio: both sides were run here, in turns, in the same process and on the same server. */
export interface Figure {
  readonly name: string;
  /** What was measured, and what it is compared with. */
  readonly measured: string;
  readonly against: string;
  readonly ratio: number;
  /** The least that is good enough (`atMost`: the most); null where the figure is only stated. */
  readonly aim: number | null;
  readonly atMost?: boolean;
  /** Rates or sizes behind the ratio, for people. */
  readonly detail: string;
}

/** Milliseconds that `work` takes. */
export async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export interface Side {
  /** Not measured. */
  readonly prepare?: () => Promise<unknown>;
  readonly work: () => Promise<unknown>;
}

/** Runs both sides in turns and gives the median of each (ms), so that what else the machine does falls on both. */
export async function inTurns(rounds: number, ours: Side, baseline: Side): Promise<{ ours: number; baseline: number }> {
  const samples: Record<'ours' | 'baseline', number[]> = { ours: [], baseline: [] };
  for (let i = 0; i < rounds; i++) {
    for (const [name, side] of [['baseline', baseline], ['ours', ours]] as const) {
      await side.prepare?.();
      samples[name].push(await time(side.work));
    }
  }
  return { ours: median(samples.ours), baseline: median(samples.baseline) };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

export function perSecond(count: number, ms: number): string {
  const rate = (count / ms) * 1000;
  return rate >= 1000 ? `${(rate / 1000).toFixed(1)} k/s` : `${rate.toFixed(0)}/s`;
}
