import { randomUUID } from 'node:crypto';
import { intake } from '@lacollecte/contracts';
import { invariants } from './invariants.js';
import { hear, told, traceabilityDatabase } from './testing/heard.js';

test('what was heard and is not kept is seen', async () => {
  const db = await traceabilityDatabase();
  try {
    const [one, other] = [1, 2].map(() => told(intake.LotOpened, { key: randomUUID(), version: 1, minute: 0 }, { state: 'draft' }));
    await hear(db, one!, other!);
    const [rule] = invariants;
    expect(await db.sql(rule!.examined)).toEqual([{ n: 2 }]);
    expect(await db.sql(rule!.violations)).toEqual([]);
    await db.sql('delete from occurrence where id = $1', [other!.id]);
    expect(await db.sql(rule!.violations)).toEqual([{ id: other!.id, detail: `${intake.LotOpened.type} of ${other!.key}` }]);
  } finally {
    await db.close();
  }
});
