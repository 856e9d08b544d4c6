import { typesConsumedBy } from '@lacollecte/contracts';
import { actor } from '@lacollecte/testing';
import { readAvailability } from '../queries/availability.js';
import { readInbox, viewNeed } from '../queries/view-need.js';
import { escalateNeeds, expireNeeds } from '../sweeps/deadlines.js';
import { startRounds } from '../sweeps/start-rounds.js';
import { handlers, World } from '../testing/world.js';
import { cancelNeed } from './cancel-need.js';
import { approveNeed, declineNeed } from './decide-need.js';
import { reconfirmNeed } from './reconfirm-need.js';

let world: World;
beforeAll(async () => {
  world = await World.open();
});
afterEach(() => world.verify());
afterAll(() => world.db.close());

const days = (needId: string, count: number) =>
  world.db.sql(`update need set created_at = created_at - make_interval(days => $2), expires_at = expires_at - make_interval(days => $2), decide_by = decide_by - make_interval(days => $2) where id = $1`, [needId, count]);

describe('the contract', () => {
  it('has a handler for every type it consumes, and none else', () => {
    expect([...handlers.keys()].sort()).toEqual(typesConsumedBy('matching').sort());
  });
});

describe('a need', () => {
  it('is stated, approved at another urgency, and asked for in the next round', async () => {
    const structure = await world.structure();
    const stated = await world.state(structure, [{ quantity: 8, urgency: 3, reason: 'reprise le 6 novembre' }, { category: 'tablet', quantity: 2 }], 30);
    expect(stated).toMatchObject({ state: 'submitted', version: 1, structureId: structure.organisationId, decideBy: null, topUps: { asked: 30, state: 'waiting' } });
    const { needId, lines } = stated;
    const approved = await world.db.as(world.coordinator, (tx) => approveNeed(tx, { needId, version: 1, urgencies: [{ lineId: lines[0]!.lineId, urgency: 1 }] }));
    expect(approved).toMatchObject({ state: 'approved', version: 2, lines: [{ urgencyAsked: 3, urgency: 1, open: 8 }, { urgency: 2, open: 2 }] });
    expect(await world.announced(needId)).toEqual(['need-submitted', 'need-approved']);
    expect((await world.db.as(structure, (tx) => readAvailability(tx, 'tablet'))).categories).toMatchObject([{ category: 'tablet', asked: 2, lines: 1 }]);
  });

  it('warns of personal data in its reason and keeps it out of the events', async () => {
    const structure = await world.structure();
    const { needId, lines } = await world.state(structure, [{ reason: 'pour Mme Martin, 06 12 34 56 78' }]);
    expect(lines[0]!.warnings).toEqual(['telephone', 'name']);
    const rows = await world.db.sql<{ data: string }>('select data from outbox where key = $1', [needId]);
    expect(rows.map((row) => row.data).join()).not.toContain('Martin');
  });

  it('is a structure’s that is approved and known', async () => {
    const suspended = await world.structure({ state: 'suspended' });
    await expect(world.state(suspended, [{}])).rejects.toThrow('structure-not-approved');
    const lapsed = await world.structure({ approvedUntil: '2020-01-01T00:00:00.000Z' });
    await expect(world.state(lapsed, [{}])).rejects.toThrow('structure-not-approved');
    await expect(world.state(actor('structure', { organisationId: crypto.randomUUID() }), [{}])).rejects.toThrow('not-here-yet');
  });

  it('is decided once, at the version that was seen', async () => {
    const structure = await world.structure();
    const { needId } = await world.state(structure, [{}]);
    const decline = (version: number) => world.db.as(world.coordinator, (tx) => declineNeed(tx, { needId, version, reason: 'hors périmètre' }));
    await expect(decline(7)).rejects.toThrow('stale-version');
    expect(await decline(1)).toMatchObject({ state: 'declined', declineReason: 'hors périmètre', lines: [{ open: 0, cancelled: 1 }] });
    await expect(decline(2)).rejects.toThrow('need-not-open');
  });

  it('that was cancelled is asked for no longer', async () => {
    const structure = await world.structure();
    const { needId, version } = await world.need(structure, { quantity: 4 });
    expect(await world.db.as(structure, (tx) => cancelNeed(tx, { needId, version }))).toMatchObject({ state: 'cancelled' });
    expect(await world.counters(needId)).toEqual(['4/0/0/0/0/4']);
  });

  it('expires after 90 days unless it is reconfirmed', async () => {
    const structure = await world.structure();
    const kept = await world.need(structure, { quantity: 4 });
    const left = await world.need(structure, { quantity: 4 });
    await days(kept.needId, 91);
    await days(left.needId, 91);
    await world.db.as(structure, (tx) => reconfirmNeed(tx, kept));
    expect(await world.db.worker(expireNeeds)).toBe(1);
    expect([await world.needState(kept.needId), await world.needState(left.needId)]).toEqual(['approved', 'expired']);
    expect(await world.announced(left.needId)).toEqual(['need-submitted', 'need-approved', 'need-expired']);
    expect(await world.db.worker(expireNeeds)).toBe(0);
  });

  it('of urgency 4 is escalated when nobody decides it within 4 hours, and comes first in the inbox', async () => {
    const structure = await world.structure();
    await world.state(structure, [{ urgency: 2 }]);
    const { needId } = await world.state(structure, [{ urgency: 4 }]);
    expect(await world.db.worker(escalateNeeds)).toBe(0);
    await days(needId, 1);
    expect(await world.db.worker(escalateNeeds)).toBe(1);
    expect(await world.db.worker(escalateNeeds)).toBe(0);
    const [first] = await world.db.as(world.coordinator, readInbox);
    expect(first).toMatchObject({ needId, state: 'submitted', escalatedAt: expect.any(String), version: 2 });
  });
});

describe('rounds', () => {
  it('start hourly while somebody waits, at once for urgency 4, and one at a time', async () => {
    await world.db.sql(`update round set created_at = created_at - interval '2 hours'`);
    const structure = await world.structure();
    await world.need(structure, { quantity: 1 });
    expect(await world.db.worker(startRounds)).toBe(1);
    const urgent = await world.need(structure, { urgency: 4 });
    const open = () => world.db.sql<{ id: string; trigger: string }>(`select id, trigger from round where state = 'requested'`);
    expect(await open()).toMatchObject([{ trigger: 'hourly' }]);
    expect(await world.db.worker(startRounds)).toBe(0);

    const [job] = await world.db.sql<{ id: string }>(`select id from job where data ->> 'roundId' = $1`, [(await open())[0]!.id]);
    await world.run(job!.id);
    expect(await open()).toEqual([]);
    expect(await world.db.worker(startRounds)).toBe(1);
    expect(await open()).toMatchObject([{ trigger: 'urgent' }]);
    const [next] = await world.db.sql<{ id: string }>(`select id from job where data ->> 'roundId' = $1`, [(await open())[0]!.id]);
    await world.run(next!.id);
    expect(await world.db.worker(startRounds)).toBe(0);
    expect(await world.db.as(structure, (tx) => viewNeed(tx, urgent.needId))).toMatchObject({ state: 'approved' });
  });
});
