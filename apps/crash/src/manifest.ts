import { v7 } from 'uuid';
import type { Client } from './client.js';
import { coordinator, type Scene } from './people.js';

/** Of each list: a row that names no category we know. */
const REFUSED = 1;

/** A lot is announced by a donor's list, which jobs read and import. */
export async function announce(client: Client, { donor }: Scene, rows: number): Promise<void> {
  const title = `list ${v7()}`;
  const lot = await client.until('intake knows the donor', () => client.post(donor, 'intake/lots', { body: { title } }));
  client.claim('a lot was opened once', async () => {
    const alike = (await client.all(donor, 'intake/lots')).filter((one) => one.title === title);
    return alike.length === 1 ? undefined : `${alike.length} lots are called ${title}`;
  });
  const serials = Array.from({ length: rows }, () => `S-${v7()}`.toUpperCase());
  const file = ['category;maker;serial', ...serials.map((serial) => `laptop;Dell;${serial}`), 'toaster;Dell;X-1', ''].join('\n');
  const { id } = await client.post(donor, `intake/lots/${lot.id}/manifests?filename=parc.csv`, { file });
  const path = `intake/manifests/${id}`;
  const shown = await client.until('the list is read', async () => {
    const read = await client.get(donor, path);
    return read.state === 'previewed' && read;
  });
  client.claim('a list was read once, and every row of it counted', async () => {
    const lists = await client.all(coordinator, `intake/lots/${lot.id}/manifests`);
    const { accepted, refused } = await client.get(coordinator, path);
    return lists.length === 1 && accepted === rows && refused === REFUSED ? undefined : `${lot.id}: ${lists.length} lists, ${accepted} of ${rows} rows accepted, ${refused} refused`;
  });
  await client.post(donor, `${path}/confirmation`, { version: shown.version, body: { submit: true } });
  client.claim('a list that was confirmed is imported once, and its lot submitted', async () => {
    const [{ state }, lines, { state: of }] = await Promise.all([client.get(coordinator, path), client.all(coordinator, `intake/lots/${lot.id}/lines`), client.get(coordinator, `intake/lots/${lot.id}`)]);
    const there = new Set(lines.map(({ serial }) => serial));
    const right = state === 'imported' && of === 'submitted' && lines.length === rows && serials.every((serial) => there.has(serial));
    return right ? undefined : `${lot.id}: list ${state}, lot ${of}, ${lines.length} of ${rows} lines`;
  });
  // The lot follows in a step of its own.
  await client.until('the list is imported, and its lot submitted', async () => (await client.get(donor, path)).state === 'imported' && (await client.get(donor, `intake/lots/${lot.id}`)).state === 'submitted');
}
