import { readFile } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { type Api, type Person, Refusal } from './client.js';
import { accept, emailOf, type PersonView, signInAs, type Staff } from './people.js';
import { token } from './random.js';
import { waitFor } from './wait.js';

/** States in which a lot keeps its serials to itself. */
const UNDER_WAY = new Set(['draft', 'submitted', 'accepted', 'receiving', 'received']);

export interface RefusedRow {
  readonly line: number;
  readonly column: string | null;
  readonly value: string;
  /** Stable code. */
  readonly reason: string;
  /** The same for people. */
  readonly text: string;
}

/** What became of the file's rows. */
export interface ManifestReport {
  readonly rows: number;
  readonly accepted: number;
  readonly refused: readonly RefusedRow[];
  /** Why the file could not be read at all. */
  readonly problem: string | null;
}

export interface LotView {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly siteId: string | null;
  readonly declared: number;
  readonly declined: number;
  readonly received: number;
  readonly refused: number;
  readonly missing: number;
  readonly awaited: number;
  readonly unexpected: number;
  readonly outcomes: Readonly<Record<string, number>>;
}

interface ManifestView {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly rows: number;
  readonly accepted: number;
  readonly read: number;
  readonly problem: { readonly code: string; readonly text: { readonly en: string } } | null;
}

interface RefusalView {
  readonly line: number;
  readonly column: string | null;
  readonly value: string;
  readonly code: string;
  readonly reason: { readonly en: string };
}

export interface Donor {
  readonly person: Person;
  readonly name: string;
}

/**
 * The demonstration's company; where it has a lot under way, whose serials it may not give twice, another one registers, if its person
 * can sign in then.
 */
export async function findDonor(api: Api, staff: Staff): Promise<Donor> {
  const person = await signInAs(api, 'donor');
  const seeded = { person, name: 'Atelier Lumière SA' };
  if (!api.knowsInvited) return seeded;
  const lots = await person.all<LotView>('/intake/lots');
  return lots.some(({ state }) => UNDER_WAY.has(state)) ? registerCompany(api, staff) : seeded;
}

async function registerCompany(api: Api, staff: Staff): Promise<Donor> {
  const mark = token(8, api.run, 'company').toLowerCase();
  const name = `Compagnie ${mark.toUpperCase()}`;
  const organisation = { kind: 'company', name, siren: sirenFrom(api.run), street: '12 quai Perrache', postalCode: '69002', city: 'Lyon' };
  const body = { activity: 'donor', organisation, person: { email: emailOf(`donor-${mark}`), name: 'Camille Donatrice' } };
  await api.visitor.post('/directory/registrations', 'register company', { body });
  const [company] = await staff.coordinator.all<{ organisationId: string; version: number }>(`/directory/organisations?state=pending&search=${encodeURIComponent(name)}`);
  if (!company) throw new Error(`${name} registered and does not wait for approval`);
  const { organisationId, version } = company;
  await staff.coordinator.post(`/directory/organisations/${organisationId}/approval`, 'approve company', { version, body: {} });
  const [invited] = await staff.coordinator.all<PersonView>(`/directory/people?organisationId=${organisationId}`);
  if (!invited) throw new Error(`${name} registered without a person`);
  return { person: await accept(api, staff.coordinator, invited), name };
}

/** Nine digits with Luhn's check. */
function sirenFrom(run: string): string {
  const digits = String(10_000_000 + (Number.parseInt(token(8, run, 'siren'), 16) % 90_000_000));
  const sum = [...digits].toReversed().reduce((total, digit, i) => {
    const n = Number(digit) * (i % 2 === 0 ? 2 : 1);
    return total + (n > 9 ? n - 9 : n);
  }, 0);
  return `${digits}${(10 - (sum % 10)) % 10}`;
}

/** The company opens a lot and uploads its list, looks at what was understood, and confirms it: the lot is submitted. Null where no row can be accepted. */
export async function giveLot({ person }: Donor, file: string, now: (text: string) => void): Promise<{ manifest: ManifestReport; lot: LotView | null }> {
  const bytes = new Uint8Array(await readFile(file));
  const lot = await openLot(person, basename(file));
  const read = await upload(person, lot, basename(file), bytes, now);
  const rows = 'rows' in read ? await person.all<RefusalView>(`/intake/manifests/${read.id}/refusals`) : [];
  const refused = rows.map(({ line, column, value, code, reason }) => ({ line, column, value, reason: code, text: reason.en }));
  if (!('rows' in read) || read.state !== 'previewed' || read.accepted === 0) {
    await giveUp(person, lot.id, 'rows' in read && read.state === 'previewed' ? read : undefined);
    const problem = 'rows' in read ? (read.problem?.text.en ?? null) : read.message;
    return { manifest: { rows: 'rows' in read ? read.rows : 0, accepted: 0, refused, problem }, lot: null };
  }
  await person.post(`/intake/manifests/${read.id}/confirmation`, 'confirm', { version: read.version, body: { submit: true } });
  let imported = '';
  const submitted = await waitFor('the lot is submitted', async () => {
    const shown = await person.get<LotView>(`/intake/lots/${lot.id}`);
    if (shown.state !== 'draft') return shown;
    const { state, problem } = await person.get<ManifestView>(`/intake/manifests/${read.id}`);
    if (state === 'failed') throw new Error(`the list could not be imported: ${problem?.text.en}`);
    imported = `${shown.declared} devices imported`;
    now(imported);
    return undefined;
  }, () => imported);
  return { manifest: { rows: read.rows, accepted: read.accepted, refused, problem: null }, lot: submitted };
}

/** The list as it was read, or why it is not even taken. */
async function upload(person: Person, lot: LotView, name: string, bytes: Uint8Array<ArrayBuffer>, now: (text: string) => void): Promise<ManifestView | Refusal> {
  const type = extname(name).toLowerCase() === '.xlsx' ? 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' : 'text/csv';
  try {
    const { id } = await person.post<ManifestView>(`/intake/lots/${lot.id}/manifests?filename=${encodeURIComponent(name)}`, 'upload', { file: { bytes, type } });
    let rows = '';
    return await waitFor('the list is read', async () => {
      const manifest = await person.get<ManifestView>(`/intake/manifests/${id}`);
      rows = `${manifest.read} rows read`;
      now(rows);
      return manifest.state === 'uploaded' || manifest.state === 'reading' ? undefined : manifest;
    }, () => rows);
  } catch (error) {
    if (error instanceof Refusal && error.code.startsWith('manifest-')) return error;
    throw error;
  }
}

/** Nothing of it can be accepted: neither list nor lot is left behind. */
async function giveUp(person: Person, lotId: string, manifest: ManifestView | undefined): Promise<void> {
  if (manifest) await person.post(`/intake/manifests/${manifest.id}/discard`, 'discard', { version: manifest.version });
  const { version } = await person.get<LotView>(`/intake/lots/${lotId}`);
  await person.post(`/intake/lots/${lotId}/cancellation`, 'cancel lot', { version });
}

/** Intake may not have heard yet that a company is approved. */
function openLot(person: Person, name: string): Promise<LotView> {
  return waitFor('intake knows the company', async () => {
    try {
      return await person.post<LotView>('/intake/lots', 'open lot', { body: { title: `Renouvellement du parc (${name})`.slice(0, 200) } });
    } catch (error) {
      if (error instanceof Refusal && error.code === 'donor-not-approved') return undefined;
      throw error;
    }
  });
}
