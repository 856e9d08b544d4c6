import type { Tx } from '@lacollecte/database';

export async function binsOf(tx: Tx, siteId: string): Promise<string[]> {
  return (await tx.one<{ bins: string[] }>('select bins from site where id = $1', [siteId]))?.bins ?? [];
}
