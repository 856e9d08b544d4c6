import { inventory } from '@lacollecte/contracts';
import { eventually } from '@lacollecte/testing';
import { readFreeCells } from '../queries/free-cells.js';
import { comparePolicies } from '../queries/compare-policies.js';
import { readRoundInputs } from '../queries/round-inputs.js';
import { explain } from '../domain/round/explanation.js';
import { problemOf } from '../domain/round/problem.js';
import { Book } from '../persistence/book.js';
import { closeRound, findWork, holdRound, keepInputs } from '../persistence/round.repository.js';
import { listAllocations } from '../queries/view-allocation.js';
import { viewNeed } from '../queries/view-need.js';
import { viewRound } from '../queries/view-round.js';
import { solve } from '../solver/solve.js';
import { cancelNeed } from '../commands/cancel-need.js';
import { writeAllocations, writeExplanations } from '../commands/write-round.js';
import { event, World } from '../testing/world.js';

let world: World;
beforeEach(async () => {
  world = await World.open();
});
afterEach(async () => {
  await world.verify();
  await world.db.close();
});
const free = async () => (await world.db.worker(readFreeCells)).reduce((total, cell) => total + cell.free, 0);
const GIVEN_UP = { state: 'failed', solver: null, seconds: null, figures: null, parameters: null } as const;

/** A round for one need of 3, its inputs kept. */
async function readyToSolve() {
  await world.stock(3);
  await world.need(await world.structure(), { quantity: 3 });
  const { roundId, jobId } = await world.request();
  const inputs = await world.db.worker(async (tx) => {
    await keepInputs(tx, roundId, await readRoundInputs(tx));
    return (await findWork(tx, roundId))!.inputs;
  });
  return { roundId, jobId, inputs };
}

/** Until a transaction waits for a row that another has. */
const waiting = () =>
  eventually(async () => expect(await world.db.sql(`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`)).toHaveLength(1), {
    what: 'a transaction to wait',
  });

describe('a round', () => {
  it('goes from stock and needs to proposals with price and explanation, solved by HiGHS in a thread', async () => {
    const lyon = await world.structure();
    const paris = await world.structure({ postalCode: '75011' });
    await world.stock(6, { grade: 'B' });
    const first = await world.need(lyon, { quantity: 5, urgency: 3, minGrade: 'B' });
    const second = await world.need(paris, { quantity: 5, urgency: 1 });
    const { roundId, allocations } = await world.round();

    expect(allocations.map((a) => [a.structure_id, a.state, a.quantity])).toEqual([[lyon.organisationId, 'proposed', 4], [paris.organisationId, 'proposed', 2]]);
    expect(await world.counters(first.needId)).toEqual(['5/1/4/0/0/0']);
    expect(await world.needState(first.needId)).toBe('partly-allocated');
    expect(await world.quotaUsed(lyon.organisationId)).toBe(4);

    const round = await world.db.as(world.coordinator, (tx) => viewRound(tx, roundId));
    expect(round).toMatchObject({ state: 'solved', allocations: 2, devices: 6, solver: expect.stringMatching(/^highs 1\./), figures: { devices: 6, lines: 2, leastFill: 0.4 } });
    const shown = await world.db.as(paris, (tx) => listAllocations(tx, { limit: 10 }));
    expect(shown.items).toMatchObject([{ needId: second.needId, quantity: 2, priceCents: 8000, explanation: { given: 2, limits: [{ code: 'stock', place: 'Lyon' }] } }]);
    expect(shown.items[0]!.explanation!.text.fr).toMatch(/^2 portables sur 5 : urgence 1/);
    expect(await world.announced(roundId)).toEqual(['round-requested', 'round-solved']);

    const { roundId: later } = await world.round();
    const [line] = (await world.db.as(paris, (tx) => viewNeed(tx, second.needId))).lines;
    expect(line).toMatchObject({ open: 3, explanation: { roundId: later, given: 0, servedBefore: 2, limits: [{ code: 'no-stock' }] } });
    expect(Date.parse(line!.explanation!.at)).toBeGreaterThan(Date.parse(shown.items[0]!.explanation!.at));
    expect(await world.announced(allocations[0]!.id)).toEqual(['allocation-proposed']);
    const told = await world.db.sql('select correlation_id from outbox where key in ($1, $2) and version = 1', [first.needId, allocations[0]!.id]);
    expect(told).toEqual([{ correlation_id: first.needId }, { correlation_id: first.needId }]);
  });

  it('keeps what it was decided from, and solves it to the same answer again', async () => {
    for (const postalCode of ['69001', '13001', '97400']) {
      const structure = await world.structure({ postalCode });
      await world.need(structure, { quantity: 7, urgency: 1 + (Number(postalCode) % 3) }, { quantity: 3, minGrade: 'A' });
    }
    await world.stock(9, { grade: 'B' });
    await world.stock(4, { grade: 'A', siteId: await world.openSite('13002') });
    const { roundId } = await world.round();
    const [kept] = await world.db.sql<{ inputs: Parameters<typeof solve>[0] }>('select inputs from round_work where round_id = $1', [roundId]);
    const again = await solve(kept!.inputs, 30);
    expect(again.assignments).toEqual(await world.assignmentsOf(roundId));
    expect(again.assignments.length).toBeGreaterThan(1);
  });

  it('is run by two workers at once and still made once', async () => {
    const structures = await Promise.all(Array.from({ length: 4 }, () => world.structure({ quotaPerQuarter: 900 })));
    await world.stock(900);
    for (const structure of structures) await world.need(structure, ...Array.from({ length: 50 }, () => ({ quantity: 4 })));
    for (const structure of structures) await world.need(structure, ...Array.from({ length: 50 }, () => ({ quantity: 1 })));
    const { roundId, jobId } = await world.request();
    await Promise.all([world.run(jobId), world.run(jobId), world.run(jobId)]);
    const allocations = await world.allocations(roundId);
    const planned = await world.assignmentsOf(roundId);
    expect(planned.length).toBeGreaterThan(300);
    expect(allocations).toHaveLength(planned.length);
    expect(new Set(allocations.map((a) => a.line_id)).size).toBe(allocations.length);
    const explanations = await world.db.sql<{ n: number }>('select count(*)::int as n from explanation where round_id = $1', [roundId]);
    expect(explanations[0]!.n).toBe(400);
    expect(await world.announced(roundId)).toEqual(['round-requested', 'round-solved']);
  });

  it('goes on where a run was lost between two steps', async () => {
    const structure = await world.structure();
    await world.stock(3);
    await world.need(structure, { quantity: 3 });
    const { roundId, jobId } = await world.request();
    await world.db.sql(`create function fail() returns trigger language plpgsql as $$ begin raise exception 'lost'; end $$;
      create trigger lose before insert on allocation execute function fail()`);
    await expect(world.run(jobId)).rejects.toThrow('lost');
    expect(await world.db.sql('select state from round')).toEqual([{ state: 'requested' }]);
    await world.db.sql('drop trigger lose on allocation');
    await world.run(jobId);
    expect(await world.allocations(roundId)).toMatchObject([{ quantity: 3 }]);
  });

  it('is given up after its last attempt, so that later ones can start', async () => {
    const structure = await world.structure();
    await world.stock(3);
    await world.need(structure, { quantity: 3 });
    const { roundId, jobId } = await world.request();
    await world.db.sql(`create function fail() returns trigger language plpgsql as $$ begin raise exception 'lost'; end $$;
      create trigger lose before insert on allocation execute function fail()`);
    await world.db.sql('update job set attempt = 4 where id = $1', [jobId]);
    await expect(world.run(jobId)).rejects.toThrow('lost');
    expect(await world.db.sql('select state, allocations from round where id = $1', [roundId])).toEqual([{ state: 'failed', allocations: 0 }]);
    expect(await world.announced(roundId)).toEqual(['round-requested', 'round-failed']);
    await world.db.sql('drop trigger lose on allocation');
    expect((await world.round()).allocations).toHaveLength(1);
  });

  it('writes nothing once it is given up, though a run of it is still at work', async () => {
    const { roundId, jobId } = await readyToSolve();
    let running!: Promise<void>;
    await world.db.worker(async (held) => {
      await held.query('select from round_work where round_id = $1 for update', [roundId]);
      running = world.run(jobId);
      await waiting();
      await world.db.worker((tx) => closeRound(tx, roundId, GIVEN_UP));
    });
    await running;
    expect(await world.allocations(roundId)).toEqual([]);
    expect(await world.announced(roundId)).toEqual(['round-requested', 'round-failed']);
  });

  it('is given up with the sums of the step that was under way', async () => {
    const { roundId, inputs } = await readyToSolve();
    const { assignments } = await solve(inputs, 30);
    let closing!: Promise<void>;
    await world.db.worker(async (tx) => {
      await holdRound(tx, roundId);
      closing = world.db.worker((other) => closeRound(other, roundId, GIVEN_UP));
      await waiting();
      await writeAllocations(tx, roundId, inputs, assignments);
    });
    await closing;
    expect(await world.db.sql('select state, allocations, devices from round')).toEqual([{ state: 'failed', allocations: 1, devices: 3 }]);
  });

  it('is explained while somebody changes its lines: the two never wait for each other in a circle', async () => {
    const { roundId, inputs } = await readyToSolve();
    await world.db.worker(async (tx) => {
      await Book.ofNeeds(tx, inputs.lines.map((line) => line.needId));
      await world.db.worker((other) => writeExplanations(other, roundId, explain(problemOf(inputs), [])));
    });
    expect(await world.db.sql('select round_id from explanation')).toEqual([{ round_id: roundId }]);
  });

  it('does not give twice what is promised, whichever of the answers and items are heard first', async () => {
    const structure = await world.structure();
    const items = await world.stock(5);
    await world.need(structure, { quantity: 3 });
    const [allocation] = (await world.round()).allocations;
    expect(allocation!.quantity).toBe(3);
    expect(await free()).toBe(2);
    await world.reserveItems(items.slice(0, 1), allocation!.id);
    expect(await free()).toBe(2);
    await world.hold(allocation!.id, 3);
    expect(await free()).toBe(2);
    await world.reserveItems(items.slice(1, 3), allocation!.id);
    expect(await free()).toBe(2);
  });

  it('leaves closed sites and items that are not free alone', async () => {
    const [item] = await world.stock(2);
    await world.hear(event(inventory.ItemQuarantined, item!, 3, { itemId: item!, siteId: world.site, category: 'laptop', grade: 'B', earmark: null, state: 'quarantined', reservationId: null }));
    expect(await free()).toBe(1);
    await world.hear(event(inventory.ItemStocked, item!, 2, { itemId: item!, siteId: world.site, category: 'laptop', grade: 'B', earmark: null, state: 'in-stock', reservationId: null }));
    expect(await free()).toBe(1);
    await world.db.sql(`update site set state = 'closed' where id = $1`, [world.site]);
    expect(await free()).toBe(0);
  });

  it('compares policies without any effect', async () => {
    const many = await world.structure();
    const few = await world.structure();
    await world.stock(10);
    await world.need(many, { quantity: 20, urgency: 3 });
    await world.need(few, { quantity: 4, urgency: 1 });
    const inputs = await world.db.as(world.coordinator, (tx) => readRoundInputs(tx));
    const compared = await comparePolicies(inputs, [0, 1, 2], 30);
    expect(compared.policies.map(({ alpha, figures }) => [alpha, figures.devices])).toEqual([[0, 9], [1, 9], [2, 9]]);
    const jain = compared.policies.map(({ figures }) => figures.jain!);
    expect(jain[2]).toBeGreaterThan(jain[0]!);
    expect(compared.differences.map(({ open, urgency }) => [open, urgency])).toEqual([[20, 3], [4, 1]]);
    expect(await world.db.sql('select 1 from round')).toEqual([]);
    expect(await world.db.sql('select 1 from allocation')).toEqual([]);
  });
});

describe('what happened since the inputs were read', () => {
  it('counts when the round is written: cancelled needs get nothing', async () => {
    const structure = await world.structure();
    await world.stock(3);
    const need = await world.need(structure, { quantity: 3 });
    const inputs = await world.db.worker((tx) => readRoundInputs(tx));
    const { assignments } = await solve(inputs, 30);
    await world.db.as(structure, (tx) => cancelNeed(tx, need));
    const { roundId } = await world.request();
    await world.db.worker((tx) => writeAllocations(tx, roundId, inputs, assignments));
    expect(await world.allocations(roundId)).toEqual([]);
    expect(await world.counters(need.needId)).toEqual(['3/0/0/0/0/3']);
  });

  it('keeps the quota of a structure under concurrent writers', async () => {
    const structure = await world.structure({ quotaPerQuarter: 5 });
    await world.stock(40);
    for (let i = 0; i < 4; i++) await world.need(structure, { quantity: 4 });
    const whole = await world.db.worker((tx) => readRoundInputs(tx));
    const { roundId } = await world.request();
    // Four writers, each with an answer for one line that would be right if it were alone.
    await Promise.all(whole.lines.map((_, line) => world.db.worker((tx) => writeAllocations(tx, roundId, whole, [{ line, cell: 0, quantity: 4 }]))));
    const allocations = await world.allocations(roundId);
    expect(allocations.map((a) => a.quantity).sort()).toEqual([1, 4]);
    expect(await world.quotaUsed(structure.organisationId)).toBe(5);
    expect((await world.db.worker((tx) => readRoundInputs(tx))).structures[0]!.quotaLeft).toBe(0);
  });
});
