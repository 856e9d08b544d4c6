import pg from 'pg';
import { type Answer, type Client, Refused } from '../client.js';
import { donate, putAway, refurbish } from '../donation.js';
import { coordinator, type Member, operators, organisation, type Scene } from '../people.js';
import type { Random } from '../random.js';
import { type Fault, type Ground, now, struck } from './fault.js';

const CROWD = 50;
const CATEGORY = 'laptop';
const RACES = 3;
/** Where the others have ended before the clock could: that was no race of four, and another is run. */
const MOST_RACES = 9;

/** How each of these ended: answered, or refused with which code. */
async function all(asked: readonly Promise<unknown>[]): Promise<{ answered: number; refused: string }> {
  const results = await Promise.allSettled(asked);
  const failed = results.filter((result) => result.status === 'rejected').map((result) => result.reason as Error);
  for (const error of failed) if (!(error instanceof Refused)) throw error;
  const codes = Object.entries(Object.groupBy(failed as Refused[], ({ code }) => code)).map(([code, of]) => `${of!.length} × ${code}`);
  return { answered: results.length - failed.length, refused: codes.join(', ') };
}

async function stocked(client: Client, scene: Scene, devices: number): Promise<string[]> {
  const labels = await donate(client, scene, devices);
  await Promise.all(labels.map((label) => refurbish(client, scene, label)));
  await Promise.all(labels.map((label) => putAway(client, scene, label, 'A-01')));
  return labels;
}

async function approvedNeed(client: Client, structure: Member, quantity: number): Promise<Answer> {
  const line = { category: CATEGORY, minGrade: 'C', quantity, urgency: 4, public: 'families', reason: `the last one ${structure.subject}` };
  const need = await client.until('matching knows the structure', () => client.post(structure, 'matching/needs', { body: { lines: [line] } }));
  return client.post(coordinator, `matching/needs/${need.needId}/approval`, { version: need.version });
}

const free = async (client: Client, { operator }: Scene): Promise<Answer[]> => client.all(operator, `inventory/items?category=${CATEGORY}&state=in-stock`);

async function round(client: Client): Promise<void> {
  await client.post(coordinator, 'matching/rounds').catch((error) => {
    if (!(error instanceof Refused)) throw error;
  });
}

/** What a structure holds of a need, once inventory has said so. */
function heldOf(client: Client, structure: Member, needId: string): Promise<Answer> {
  return client.until('a round gives a device', async () => {
    const [held] = (await client.all(structure, `matching/allocations?needId=${needId}`)).filter(({ state }) => state === 'held');
    if (!held) await round(client);
    return held;
  });
}

/** Who was answered, in the order that they started; `whole` where all that were needed took part. */
async function race({ system, load, scene }: Ground, random: Random): Promise<{ ended: string; whole: boolean }> {
  const { client } = load;
  await stocked(client, scene, 2);
  const structure = await organisation(client, 'structure');
  const need = await approvedNeed(client, structure, 1);
  const held = await heldOf(client, structure, need.needId);
  await client.post(structure, `matching/allocations/${held.allocationId}/acceptance`, { version: held.version, body: {} });
  const { shipmentId } = await client.until('it is planned', async () => (await client.all(scene.operator, `dispatch/shipments?needId=${need.needId}`))[0]);
  const [item] = (await client.get(scene.operator, `inventory/items?reservationId=${held.allocationId}`)).items;
  struck(item !== undefined, 'nothing was reserved');
  const { evidence } = (await client.get(scene.operator, `refurbishment/devices/${item.label}`)) as unknown as { evidence: { id: string }[] };
  const { version } = await client.get(structure, `matching/needs/${need.needId}`);
  const database = new pg.Client({ connectionString: system.databaseUrl('inventory') });
  await database.connect();
  let expired = 0;
  try {
    const racers: Record<string, () => Promise<unknown>> = {
      expiry: async () => (expired = (await database.query(`update reservation set expires_at = now() where id = $1 and state = 'held'`, [held.allocationId])).rowCount ?? 0),
      picking: () => client.post(scene.operator, `dispatch/shipments/${shipmentId}/picking`),
      withdrawal: () => client.post(structure, `matching/needs/${need.needId}/cancellation`, { version }),
      recall: () => client.post(coordinator, `refurbishment/evidence/${evidence[0]!.id}/contest`, { body: { reason: 'found wrong' } }),
    };
    const order = Object.keys(racers).map((name) => ({ name, at: random.next() })).toSorted((a, b) => a.at - b.at);
    const ended = await Promise.all(order.map(async ({ name }) => {
      const how = await all([racers[name]!()]);
      return how.answered > 0 ? name : `no ${name} (${how.refused})`;
    }));
    client.claim('what was raced for is in one place', async () => {
      const there = await client.all(scene.operator, `inventory/items?label=${item.label}`);
      return there.length === 1 ? undefined : `${item.label} is ${there.length} items`;
    });
    return { ended: ended.join(', '), whole: expired > 0 && ended.filter((name) => !name.startsWith('no ')).length > 2 };
  } finally {
    await database.end();
  }
}

export const crowdFaults: readonly Fault[] = [
  {
    name: '50 operators on one device',
    strike: async ({ load: { client }, scene }) => {
      const [label] = await donate(client, scene, 2);
      const body = { step: 'diagnose', hardware: { cpuMark: 6100, ramGb: 8 }, drives: [{ serial: `D-${label}`, kind: 'nvme', sizeGb: 256 }] };
      await client.until('the workshop knows it', () => client.get(scene.operator, `refurbishment/devices/${label}`));
      const { answered, refused } = await all(operators(scene.siteId, CROWD).map((who) => client.post(who, `refurbishment/devices/${label}/steps`, { body })));
      client.claim('what 50 operators did at once was done once', async () => {
        const { history } = await client.get(scene.operator, `refurbishment/devices/${label}`);
        const times = history.filter(({ step }) => step === 'diagnose').length;
        return times === 1 ? undefined : `${label}: ${times} times`;
      });
      struck(answered > 1, `fewer than two were answered: ${refused}`);
      return now(`${answered} of ${CROWD} who did the same step at once were answered, ${refused || 'none refused'}`);
    },
  },
  {
    name: '50 requests for the last item',
    quiet: true,
    strike: async ({ load: { client }, scene }) => {
      await stocked(client, scene, 2);
      const structure = await organisation(client, 'structure');
      // All but one are given away.
      for (let there = (await free(client, scene)).length; there > 1; there = (await free(client, scene)).length) {
        const { needId } = await approvedNeed(client, structure, there - 1);
        await heldOf(client, structure, needId);
        await client.until('what is given is not free', async () => (await free(client, scene)).length < there);
      }
      const [last, ...more] = await free(client, scene);
      struck(last !== undefined && more.length === 0, `${more.length + (last ? 1 : 0)} are free`);
      const structures = await Promise.all(Array.from({ length: 5 }, () => organisation(client, 'structure')));
      const needs = await Promise.all(Array.from({ length: CROWD }, (_, i) => approvedNeed(client, structures[i % 5]!, 1)));
      const blow = now(`${needs.length} needs of ${structures.length} structures asked for it at once`);
      await client.until('somebody has it', async () => {
        await round(client);
        return (await free(client, scene)).length === 0;
      });
      const given = async (): Promise<{ who: Member; allocation: Answer }[]> => {
        const of = await Promise.all(structures.map(async (who) => (await client.all(who, 'matching/allocations')).map((allocation) => ({ who, allocation }))));
        return of.flat().filter(({ allocation: { state } }) => ['proposed', 'held', 'accepted'].includes(state));
      };
      client.claim('the last item was given once', async () => {
        const all = await given();
        return all.length === 1 && all[0]!.allocation.quantity === 1 ? undefined : `it was given ${all.length} times`;
      });
      const winner = await client.until('who has it knows', async () => (await given()).find(({ allocation }) => allocation.state === 'held'));
      await client.post(winner.who, `matching/allocations/${winner.allocation.allocationId}/acceptance`, { version: winner.allocation.version, body: {} });
      // Nobody else goes on waiting for one.
      for (const [i, { needId }] of needs.entries()) {
        if (needId === winner.allocation.needId) continue;
        const { version } = await client.get(structures[i % 5]!, `matching/needs/${needId}`);
        await client.post(structures[i % 5]!, `matching/needs/${needId}/cancellation`, { version });
      }
      return blow;
    },
  },
  {
    name: 'expiry, picking, withdrawal and recall race for one item',
    strike: async (ground) => {
      const races: Awaited<ReturnType<typeof race>>[] = [];
      const whole = () => races.filter((one) => one.whole).length;
      while (whole() < RACES && races.length < MOST_RACES) races.push(await race(ground, ground.random));
      const ended = races.map((one) => one.ended);
      struck(whole() === RACES, `too few took part: ${ended.join('; ')}`);
      return now(ended.join('; '));
    },
  },
];
