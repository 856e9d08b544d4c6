import { v7 } from 'uuid';
import { type Answer, type Client, Refused } from './client.js';
import { coordinator, type Member, type Scene } from './people.js';

const STANDING: ReadonlySet<string> = new Set(['accepted', 'shipped', 'delivered']);

/** A structure states a need, rounds give it devices, and it accepts them; the need's id. */
export async function allocate(client: Client, structure: Member, quantity: number): Promise<string> {
  const reason = `need ${v7()}`;
  const line = { category: 'laptop', minGrade: 'C', quantity, urgency: 3, public: 'families', reason };
  const need = await client.until('matching knows the structure', () => client.post(structure, 'matching/needs', { body: { lines: [line] } }));
  client.claim('a need was stated once, and nothing of it is lost', async () => {
    const alike = (await client.all(structure, 'matching/needs')).filter((one) => one.lines.some((other) => other.reason === reason));
    const [counted] = alike.flatMap(({ lines }) => lines);
    if (alike.length !== 1 || !counted) return `${alike.length} needs say ${reason}`;
    const { asked, open, allocated, shipped, delivered } = counted;
    return asked === quantity && open === 0 && allocated + shipped + delivered === quantity ? undefined : `${need.needId}: ${JSON.stringify(counted)}`;
  });
  await client.post(coordinator, `matching/needs/${need.needId}/approval`, { version: need.version });
  for (let accepted = 0; accepted < quantity; ) {
    await requestRound(client);
    const held = await client.until('a round gives devices', async () => {
      const offered = (await client.all(structure, `matching/allocations?needId=${need.needId}`)).filter(({ state }) => state === 'held');
      if (offered.length === 0) await requestRound(client);
      return offered.length > 0 && offered;
    });
    for (const allocation of held) accepted += await accept(client, structure, allocation);
  }
  return need.needId;
}

/** One round at a time: another's will do. */
async function requestRound(client: Client): Promise<void> {
  try {
    const { roundId } = await client.post(coordinator, 'matching/rounds');
    client.claim('a round that was asked for is solved', async () => {
      const { state } = await client.get(coordinator, `matching/rounds/${roundId}`);
      return state === 'solved' ? undefined : `${roundId} is ${state}`;
    });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
  }
}

async function accept(client: Client, structure: Member, { allocationId, version }: Answer): Promise<number> {
  const { quantity } = await client.post(structure, `matching/allocations/${allocationId}/acceptance`, { version, body: {} });
  client.claim('an accepted allocation stands', async () => {
    const now = await client.get(structure, `matching/allocations/${allocationId}`);
    return STANDING.has(now.state) && now.quantity === quantity ? undefined : `${allocationId} is ${now.state} with ${now.quantity} of ${quantity}`;
  });
  return quantity;
}

/** The shipments of a need are picked, packed, handed over and delivered. */
export async function deliver(client: Client, { operator }: Scene, needId: string, quantity: number): Promise<void> {
  const planned = () => client.all(operator, `dispatch/shipments?needId=${needId}`);
  const devices = async (): Promise<Answer[]> => Promise.all((await planned()).map(({ shipmentId }) => client.get(operator, `dispatch/shipments/${shipmentId}`)));
  await client.until('every allocation is planned', async () => {
    const lines = (await devices()).flatMap((shipment) => shipment.lines as unknown as Answer[]);
    return lines.reduce((sum, line) => sum + line.quantity, 0) >= quantity;
  });
  for (const { shipmentId } of await planned()) await send(client, operator, shipmentId);
}

async function send(client: Client, operator: Scene['operator'], shipmentId: string): Promise<void> {
  const path = `dispatch/shipments/${shipmentId}`;
  await client.post(operator, `${path}/picking`);
  const toPick = await client.until('inventory commits what is to be picked', async () => {
    const list = (await client.get(operator, `${path}/pick-list`)) as Answer & { awaited: number };
    return list.awaited === 0 && list.toPick.length > 0 && list.toPick.every(({ label }) => label) && list.toPick;
  });
  const { parcels } = await client.post(operator, `${path}/parcels`);
  const parcel = `${path}/parcels/${parcels.at(-1)?.parcelId}`;
  client.claim('one parcel was packed, sealed, handed over and delivered', async () => {
    const shipment = await client.get(operator, path);
    const [only, ...more] = shipment.parcels;
    const right = shipment.state === 'delivered' && only?.devices === toPick.length && only.seal === 'S-1' && more.length === 0;
    return right ? undefined : `${shipmentId} is ${shipment.state}, ${shipment.parcels.length} parcels, ${only?.devices} of ${toPick.length} devices, seal ${only?.seal}`;
  });
  for (const { label } of toPick) await client.post(operator, `${parcel}/scans`, { body: { device: label } });
  await client.post(operator, `${parcel}/seal`, { body: { seal: 'S-1' } });
  await client.post(operator, `${parcel}/hand-over`, { body: { takenBy: 'driver' } });
  await client.post(operator, `${parcel}/delivery`, { body: { receivedBy: 'employee' } });
}
