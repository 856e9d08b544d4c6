import type { Tx } from '@lacollecte/database';

/**
 * As `tx.execute`, for values of many kilobytes; empties `values`. The driver's query holds on to them after its answer, and is
 * collected only with V8's old generation: a list of 14 MB left 30 MB of values behind there.
 */
export async function executeLarge(tx: Tx, text: string, values: unknown[]): Promise<number> {
  try {
    return await tx.execute(text, values);
  } finally {
    values.length = 0;
  }
}
