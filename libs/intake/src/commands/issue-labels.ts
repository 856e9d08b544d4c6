import { intake, LABEL_NUMBERS, labelOf } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { append } from '@lacollecte/messaging';
import { v7 } from 'uuid';
import { openSite, requireSite } from '../persistence/place.repository.js';

/** A prime: numbers taken in turn give labels that do not look alike, so that a misread one is rarely another of the roll. */
const STRIDE = 7_368_787_001;

export interface LabelRoll {
  readonly id: string;
  readonly siteId: string;
  readonly labels: readonly string[];
}

/** Gives a site a roll of new labels, before use, so that reception works offline. */
export async function issueLabels(tx: Tx, { siteId, count }: { siteId: string; count: number }): Promise<LabelRoll> {
  await openSite(tx, siteId);
  requireSite(tx.actor, siteId);
  const labels: string[] = [];
  while (labels.length < count) {
    const rows = await tx.query<{ n: string }>(`select nextval('label_number') as n from generate_series(1, $1)`, [count - labels.length]);
    for (const { n } of rows) {
      const label = labelOf(Number((BigInt(n) * BigInt(STRIDE)) % BigInt(LABEL_NUMBERS)));
      if (label !== null) labels.push(label);
    }
  }
  const id = v7();
  await tx.execute(`insert into label_roll (id, version, state, site_id, issued_by) values ($1, 1, 'issued', $2, $3)`, [id, siteId, tx.actor.subject]);
  await tx.execute('insert into label (code, roll_id, site_id) select code, $2, $3 from unnest($1::text[]) as code', [labels, id, siteId]);
  append(tx, intake.LabelsIssued, { key: id, version: 1 }, { rollId: id, siteId, state: 'issued', count, first: labels[0]!, last: labels.at(-1)! });
  return { id, siteId, labels };
}
