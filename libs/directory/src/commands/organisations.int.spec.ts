import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { EVENTS } from '@lacollecte/contracts';
import { SYSTEM } from '@lacollecte/database';
import { PLATFORM_MIGRATIONS } from '@lacollecte/runtime';
import { actor, createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { directoryService } from '../directory.service.js';
import { findOrganisation } from '../persistence/organisation.repository.js';
import { listOrganisations } from '../queries/list-organisations.js';
import { listPeople } from '../queries/list-people.js';
import { changeOrganisation } from './change-organisation.js';
import { approveOrganisation, declineOrganisation, renewOrganisation, suspendOrganisation } from './decide-organisation.js';
import { importStructures } from './import-structures.js';
import { readStructureList } from './read-structure-list.js';
import { registerOrganisation, type Registration } from './register-organisation.js';

const VISITOR = { ...SYSTEM, subject: 'visitor' };
const COORDINATOR = actor('coordinator');
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase('directory', [...PLATFORM_MIGRATIONS, ...directoryService.migrations]);
});
afterAll(() => db.close());
afterEach(() => db.sql('truncate outbox, audit, invitation, person, organisation, setting cascade'));

const company = (changes: Partial<Registration['organisation']> = {}, email = 'camille@example.org'): Registration => ({
  activity: 'donor',
  organisation: { kind: 'company', name: 'Lumière SA', siren: '732829320', street: '5 place Bellecour', postalCode: '69002', city: 'Lyon', publics: {}, peopleServed: null, ...changes },
  person: { email, name: 'Camille' },
});
const ids = () => ({ organisation: randomUUID(), person: randomUUID() });
const register = async (registration = company(), given = ids()) => ({ ...given, fresh: await db.as(VISITOR, (tx) => registerOrganisation(tx, registration, given)) });
const events = () => db.sql<{ type: string; version: number; data: string }>('select type, version, data from outbox order by position');
const names = async () => (await events()).map((event) => event.type.split('.')[3]);
const shown = (organisationId: string, version: number) => ({ organisationId, version });

describe('registering', () => {
  it('waits for approval, with its first person, and announces both without naming them', async () => {
    const { organisation, person } = await register();
    expect(await db.as(COORDINATOR, (tx) => findOrganisation(tx, organisation))).toMatchObject({ state: 'pending', siren: '732829320', version: 1 });
    expect(await names()).toEqual(['organisation-registered', 'person-invited']);
    for (const { type, data } of await events()) {
      expect(EVENTS.get(type)!.schema.parse(JSON.parse(data))).toEqual(JSON.parse(data));
      expect(data).not.toMatch(/camille|lumière|bellecour|732829320/i);
    }
    expect(await db.sql('select state, roles from person where id = $1', [person])).toEqual([{ state: 'invited', roles: ['donor'] }]);
  });

  it('tells nobody what is known already: same SIREN or e-mail changes nothing', async () => {
    await register();
    expect((await register(company({}, 'other@example.org'))).fresh).toBe(false);
    expect((await register(company({ siren: '552100554' }))).fresh).toBe(false);
    expect(await db.sql('select (select count(*)::int from organisation) as organisations, (select count(*)::int from person) as people')).toEqual([{ organisations: 1, people: 1 }]);
    expect(await names()).toHaveLength(2);
    expect(await db.sql('select target from audit order by at, id')).toEqual([{ target: 'siren' }, { target: 'email' }]);
  });

  it('of the same company ten times at once makes one', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => register(company({}, `person-${n}@example.org`))));
    expect(answers.filter((answer) => answer.fresh)).toHaveLength(1);
    expect(await db.sql('select count(*)::int as n from organisation')).toEqual([{ n: 1 }]);
    expect(await db.sql('select count(*)::int as n from person')).toEqual([{ n: 1 }]);
  });

  it('of a company that gives and receives makes two; a declined one may come back', async () => {
    const { organisation } = await register();
    expect((await register({ ...company({ peopleServed: 10 }, 'b@example.org'), activity: 'structure' })).fresh).toBe(true);
    await db.as(COORDINATOR, (tx) => declineOrganisation(tx, { ...shown(organisation, 1), reason: 'unknown to us' }));
    expect((await register(company({}, 'c@example.org'))).fresh).toBe(true);
  });
});

describe('deciding', () => {
  it('approves, suspends, lifts, renews: one version and one event each', async () => {
    const { organisation } = await register({ ...company({ peopleServed: 10 }), activity: 'structure' });
    const decide = <T>(work: Parameters<typeof db.as<T>>[1]) => db.as(COORDINATOR, work);
    const approved = await decide((tx) => approveOrganisation(tx, { ...shown(organisation, 1), quotaPerQuarter: 12 }));
    expect(approved).toMatchObject({ state: 'approved', version: 2, quotaPerQuarter: 12 });
    const days = (new Date(approved.approvedUntil!).getTime() - Date.now()) / 86_400_000;
    expect(Math.round(days)).toBe(365);
    expect(await decide((tx) => suspendOrganisation(tx, { ...shown(organisation, 2), reason: 'no answer' }))).toMatchObject({ state: 'suspended', reason: 'no answer' });
    expect(await decide((tx) => approveOrganisation(tx, shown(organisation, 3)))).toMatchObject({ state: 'approved', quotaPerQuarter: 12, reason: null });
    const until = new Date('2031-01-01T00:00:00Z');
    expect(await decide((tx) => renewOrganisation(tx, { ...shown(organisation, 4), approvedUntil: until }))).toMatchObject({ approvedUntil: until.toISOString(), version: 5 });
    expect((await events()).filter((event) => event.type.includes('organisation')).map(({ version, data }) => [version, JSON.parse(data).state])).toEqual([
      [1, 'pending'], [2, 'approved'], [3, 'suspended'], [4, 'approved'], [5, 'approved'],
    ]);
  });

  it('by two at once takes one', async () => {
    const { organisation } = await register();
    const answers = await Promise.allSettled([
      db.as(COORDINATOR, (tx) => approveOrganisation(tx, shown(organisation, 1))),
      db.as(COORDINATOR, (tx) => declineOrganisation(tx, { ...shown(organisation, 1), reason: 'no' })),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(answers.find((answer) => answer.status === 'rejected')).toMatchObject({ reason: { code: 'stale-version' } });
  });

  it('does not let a correction take the SIREN of another', async () => {
    await register();
    const { organisation } = await register(company({ siren: '552100554' }, 'b@example.org'));
    const change = (siren: string) => db.as(COORDINATOR, (tx) => changeOrganisation(tx, { ...shown(organisation, 1), change: { siren } }));
    await expect(change('732829320')).rejects.toMatchObject({ code: 'siren-taken' });
    expect(await change('356000000')).toMatchObject({ siren: '356000000', version: 2 });
  });
});

describe('row-level security', () => {
  it('shows people of an organisation their own row and colleagues, staff all, a visitor nothing', async () => {
    const mine = await register();
    const other = await register(company({ siren: '552100554' }, 'b@example.org'));
    const donor = actor('donor', { organisationId: mine.organisation });
    await expect(db.as(donor, (tx) => findOrganisation(tx, other.organisation))).rejects.toMatchObject({ code: 'organisation-not-found' });
    expect(await db.as(donor, (tx) => findOrganisation(tx, mine.organisation))).toMatchObject({ id: mine.organisation });
    const count = (who: typeof donor) => db.as(who, async (tx) => [(await listOrganisations(tx, { limit: 10 })).items.length, (await listPeople(tx, { limit: 10 })).items.length]);
    expect(await count(donor)).toEqual([1, 1]);
    expect(await count(COORDINATOR)).toEqual([2, 2]);
    expect(await count(VISITOR)).toEqual([0, 0]);
  });

  it('lists in pages, without gap or twin', async () => {
    const made = [];
    for (const [n, siren] of ['732829320', '552100554', '356000000'].entries()) made.push((await register(company({ siren }, `p${n}@example.org`))).organisation);
    const page = (after?: string) => db.as(COORDINATOR, (tx) => listOrganisations(tx, { limit: 2, after, activity: 'donor', search: 'lumi' }));
    const first = await page();
    const second = await page(first.next!);
    expect([...first.items, ...second.items].map((item) => item.organisationId)).toEqual(made);
    expect(second.next).toBeNull();
  });
});

describe('importing structures', () => {
  const HEADINGS = 'Référence;Nom;SIREN;Adresse;Code postal;Ville;Personnes accompagnées;Quota;Familles';
  const take = async (...rows: string[]) => {
    const list = await readStructureList(Readable.from([[HEADINGS, ...rows].join('\n')]));
    return db.as(COORDINATOR, (tx) => importStructures(tx, list));
  };

  it('approves them, twice makes no difference, and brings a changed one up to date', async () => {
    const rows = ['S-1;Nord;;1 rue A;59000;Lille;100;20;60', 'S-2;Rhône;;2 rue B;69003;Lyon;200;;', 'S-3;Faux;123456789;3 rue C;69003;Lyon;200;;'];
    expect(await take(...rows)).toEqual({ created: 2, updated: 0, unchanged: 0, refused: [{ line: 4, column: 'siren', value: '123456789', reason: 'bad-siren' }] });
    expect(await take(...rows)).toMatchObject({ created: 0, updated: 0, unchanged: 2 });
    expect(await take('S-1;Nord;;1 rue A;59000;Lille;150;20;60')).toMatchObject({ created: 0, updated: 1 });
    expect(await names()).toEqual(['organisation-approved', 'organisation-approved', 'organisation-changed']);
    expect(await db.sql(`select state, version, people_served, quota_per_quarter from organisation order by external_reference`)).toEqual([
      { state: 'approved', version: 2, people_served: 150, quota_per_quarter: 20 }, { state: 'approved', version: 1, people_served: 200, quota_per_quarter: 50 },
    ]);
  });

  it('does not lift a suspension', async () => {
    await take('S-1;Nord;;1 rue A;59000;Lille;100;;');
    const [row] = await db.sql<{ id: string }>('select id from organisation');
    await db.as(COORDINATOR, (tx) => suspendOrganisation(tx, { ...shown(row!.id, 1), reason: 'no answer' }));
    expect(await take('S-1;Nord;;1 rue A;59000;Lille;120;;')).toMatchObject({ updated: 1 });
    expect(await db.sql('select state from organisation')).toEqual([{ state: 'suspended' }]);
  });

  it('refuses a SIREN that another structure has', async () => {
    await take('S-1;Nord;732829320;1 rue A;59000;Lille;100;;');
    expect(await take('S-2;Autre;732829320;1 rue A;59000;Lille;100;;')).toEqual({ created: 0, updated: 0, unchanged: 0, refused: [{ line: 2, column: 'siren', value: '732829320', reason: 'siren-taken' }] });
  });

  it('takes all 1,200 of France', async () => {
    const rows = Array.from({ length: 1200 }, (_, n) => `S-${n};Structure ${n};;${n} rue A;59000;Lille;100;;`);
    expect(await take(...rows)).toEqual({ created: 1200, updated: 0, unchanged: 0, refused: [] });
    expect(await db.sql('select count(*)::int as n from outbox')).toEqual([{ n: 1200 }]);
  });
});
