import { v7 } from 'uuid';
import { type Client, Refused } from './client.js';
import { coordinator, type Scene } from './people.js';

/** What a person does to a lot, each raising its version by one: opens it, adds lines, submits, accepts, begins its reception. */
const LOT_VERSION = 5;

/** A lot of laptops is announced, accepted and received; the labels of its devices. */
export async function donate(client: Client, { siteId, donor, operator }: Scene, devices: number): Promise<string[]> {
  const title = `lot ${v7()}`;
  const lot = await client.until('intake knows the donor', () => client.post(donor, 'intake/lots', { body: { title } }));
  const path = `intake/lots/${lot.id}`;
  client.claim('a lot was opened, filled, submitted, accepted and received, each once', async () => {
    const alike = (await client.all(donor, 'intake/lots')).filter((one) => one.title === title);
    const { version, received } = await client.get(coordinator, path);
    const lines = await client.all(coordinator, `${path}/lines`);
    if (alike.length !== 1) return `${alike.length} lots are called ${title}`;
    return version === LOT_VERSION && received === devices && lines.length === 2 ? undefined : `${lot.id}: version ${version}, ${received} of ${devices} received, ${lines.length} lines`;
  });
  const lines = [{ category: 'laptop', serial: `S-${v7()}` }, { category: 'laptop', maker: 'Dell', quantity: devices - 1 }];
  const { version } = await client.post(donor, `${path}/lines`, { version: lot.version, body: { lines } });
  const submitted = await client.post(donor, `${path}/submission`, { version });
  await client.until('intake knows the site', () => client.post(coordinator, `${path}/acceptance`, { version: submitted.version, body: { siteId, brought: true } }));
  const { labels } = await client.post(operator, 'intake/label-rolls', { body: { siteId, count: devices } });
  const session = await client.post(operator, `${path}/receptions`, { body: { siteId } });
  const received = new Map<string, string>();
  client.claim('each scan at the dock is one device', async () => {
    const there = await client.all(coordinator, `${path}/devices`);
    const wrong = there.filter(({ label, id }) => received.get(label) !== id);
    return there.length === received.size && wrong.length === 0 ? undefined : `${lot.id} has ${there.length} devices, ${received.size} were answered`;
  });
  for (const [i, label] of labels.entries()) {
    const { deviceId } = await client.post(operator, `intake/receptions/${session.id}/devices`, { body: i === 0 ? { label, serial: lines[0]!.serial } : { label, category: 'laptop', maker: 'Dell' } });
    received.set(label, deviceId);
  }
  await client.post(operator, `intake/receptions/${session.id}/end`, { version: session.version });
  return [...labels];
}

/** A device goes over the four benches. */
export async function refurbish(client: Client, { operator }: Scene, label: string): Promise<void> {
  const drive = v7().toUpperCase();
  const works = Object.fromEntries(['starts', 'screen', 'keyboard', 'network', 'sound', 'charger'].map((code) => [code, { verdict: 'works' }]));
  const [startedAt, finishedAt] = [60_000, 61_000].map((after) => new Date(Date.now() + after).toISOString());
  const steps = [
    { step: 'diagnose', hardware: { cpuMark: 6100, ramGb: 8 }, drives: [{ serial: drive, kind: 'nvme', sizeGb: 256 }] },
    { step: 'erase', serial: drive, tool: 'nvme-cli', toolVersion: '2.9', method: 'sanitize', startedAt, finishedAt, verified: true, result: 'passed' },
    { step: 'test', results: { ...works, battery: { verdict: 'works', value: 87 }, system: { verdict: 'works', value: 'Linux Mint 22' } } },
    { step: 'grade' },
  ];
  for (const body of steps) {
    await client.until(`${body.step} of ${label}`, () => client.post(operator, `refurbishment/devices/${label}/steps`, { body }));
    client.claim(`the step ${body.step} was done once`, async () => {
      const { history } = await client.get(operator, `refurbishment/devices/${label}`);
      const times = history.filter(({ step }) => step === body.step).length;
      return times === 1 ? undefined : `${label}: ${body.step} ${times} times`;
    });
  }
}

/** The device is stock, and lies in a bin. */
export async function putAway(client: Client, { operator }: Scene, label: string, bin: string): Promise<void> {
  const items = () => client.all(operator, `inventory/items?label=${label}`);
  await client.until(`${label} is stock`, async () => (await items())[0]);
  client.claim('a ready device is one item', async () => {
    const there = await items();
    return there.length === 1 ? undefined : `${label} is ${there.length} items`;
  });
  try {
    await client.post(operator, 'inventory/items/put-away', { body: { label, bin } });
  } catch (error) {
    // Somebody else's need has taken it already.
    if (error instanceof Refused) return;
    throw error;
  }
  client.claim('what was put away lies there, or has left', async () => {
    const [item] = await items();
    return item && (item.bin === bin || item.bin === null) ? undefined : `${label} lies in ${item?.bin}, not in ${bin}`;
  });
}
