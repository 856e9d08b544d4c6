import { PLATFORM_MIGRATIONS } from '@lacollecte/runtime';
import { actor, createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import type { Role } from '@lacollecte/contracts';
import { newSecret } from '../credentials/secret.js';
import { demonstration } from '../demonstration.js';
import { directoryService } from '../directory.service.js';
import { findPerson } from '../persistence/person.repository.js';
import { acceptInvitation } from './accept-invitation.js';
import { changePerson, disablePerson, enablePerson, erasePerson } from './change-person.js';
import { changeSite, closeSite } from './change-site.js';
import { createAdminInvitation } from './create-admin-invitation.js';
import { invitePerson } from './invite-person.js';
import { registerSite } from './register-site.js';
import { renewInvitation } from './renew-invitation.js';
import { seedDemonstration } from './seed-demonstration.js';

const ADMIN = actor('admin');
const VISITOR = actor([], { subject: 'visitor' });
const PASSWORD = 'une phrase très secrète';
const LYON = demonstration.sites[0]!;
const PASSERELLES = demonstration.structures[0]!.id;
const LOU = demonstration.accounts.find((account) => account.roles.includes('structure'))!;
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase('directory', [...PLATFORM_MIGRATIONS, ...directoryService.migrations]);
});
afterAll(() => db.close());
beforeEach(() => db.worker(seedDemonstration));
afterEach(() => db.sql('truncate outbox, audit, invitation, person, organisation, site, setting, idempotency_key cascade'));

const invite = (who = ADMIN, place: { roles?: Role[]; organisationId?: string | null; siteIds?: string[]; email?: string } = {}) => {
  const token = newSecret();
  const input = { email: 'new@example.org', name: 'New', roles: ['coordinator'] as Role[], organisationId: null, siteIds: [], ...place, token };
  return db.as(who, async (tx) => ({ ...(await invitePerson(tx, input)), token }));
};
const accept = (token: string) => db.as(VISITOR, (tx) => acceptInvitation(tx, { token, password: PASSWORD }));
const shown = (personId: string, version: number) => ({ personId, version });

describe('an invitation', () => {
  it('makes a person who can choose a password once', async () => {
    const { personId, token, state } = await invite();
    expect(state).toBe('invited');
    expect(await accept(token)).toMatchObject({ personId, state: 'active', version: 2 });
    await expect(accept(token)).rejects.toMatchObject({ code: 'invitation-invalid' });
    expect(await db.sql(`select version, data::jsonb ->> 'state' as state from outbox where key = $1 order by version`, [personId])).toEqual([
      { version: 1, state: 'invited' }, { version: 2, state: 'active' },
    ]);
  });

  it('is used once by eight at once', async () => {
    const { personId, token } = await invite();
    const answers = await Promise.allSettled(Array.from({ length: 8 }, () => accept(token)));
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
    expect(await db.sql('select version from person where id = $1', [personId])).toEqual([{ version: 2 }]);
  });

  it('ends after its days, and is stored hashed', async () => {
    const { token } = await invite();
    expect(await db.sql('select 1 from invitation where token_hash = $1', [token])).toEqual([]);
    await db.sql(`update invitation set expires_at = now() - interval '1 second'`);
    await expect(accept(token)).rejects.toMatchObject({ code: 'invitation-invalid' });
  });

  it('lasts as long as operations say', async () => {
    await db.sql(`insert into setting (name, value, updated_by) values ('invitationDays', '2', 'test')`);
    const { expiresAt } = await invite();
    expect(Math.round((new Date(expiresAt).getTime() - Date.now()) / 86_400_000)).toBe(2);
  });

  it('is refused for an e-mail that is known, and for roles out of place', async () => {
    await expect(invite(ADMIN, { email: LOU.email })).rejects.toMatchObject({ code: 'email-taken' });
    await expect(invite(ADMIN, { roles: ['donor'] })).rejects.toMatchObject({ code: 'role-out-of-place' });
    await expect(invite(ADMIN, { roles: ['operator'], siteIds: [PASSERELLES] })).rejects.toMatchObject({ code: 'site-not-open' });
    expect(await invite(ADMIN, { roles: ['operator'], siteIds: [LYON.id] })).toMatchObject({ siteIds: [LYON.id] });
  });

  it('of a colleague is for one’s own organisation and roles', async () => {
    const lou = actor('structure', { organisationId: PASSERELLES, subject: LOU.id });
    expect(await invite(lou, { roles: ['structure'], organisationId: PASSERELLES })).toMatchObject({ organisationId: PASSERELLES });
    for (const place of [{ roles: ['relay'] as Role[], organisationId: PASSERELLES }, { roles: ['structure'] as Role[], organisationId: demonstration.structures[1]!.id }, { roles: ['admin'] as Role[] }]) {
      await expect(invite(lou, { email: 'x@example.org', ...place })).rejects.toMatchObject({ code: 'own-role-only' });
    }
  });

  it('made anew ends the older link; only an admin makes one for who is active already', async () => {
    const { personId, token } = await invite(ADMIN, { roles: ['structure'], organisationId: PASSERELLES });
    const renew = (who: typeof ADMIN, id = personId) => {
      const fresh = newSecret();
      return db.as(who, (tx) => renewInvitation(tx, { personId: id, token: fresh })).then(() => fresh);
    };
    const fresh = await renew(actor('coordinator'));
    await expect(accept(token)).rejects.toMatchObject({ code: 'invitation-invalid' });
    await accept(fresh);
    await expect(renew(actor('coordinator'))).rejects.toMatchObject({ code: 'own-role-only' });
    await expect(renew(actor('donor', { organisationId: demonstration.donor.id }))).rejects.toMatchObject({ code: 'person-not-found' });
    expect(await accept(await renew(ADMIN))).toMatchObject({ state: 'active' });
  });

  it('of the first admin comes from the command line, as often as asked, and never for someone else', async () => {
    const ask = (email: string) => db.worker((tx) => createAdminInvitation(tx, email));
    const first = await ask(' Boss@Example.org ');
    const second = await ask('boss@example.org');
    await expect(accept(first.token)).rejects.toMatchObject({ code: 'invitation-invalid' });
    expect(await accept(second.token)).toMatchObject({ roles: ['admin'], email: 'boss@example.org' });
    await expect(ask(LOU.email)).rejects.toMatchObject({ code: 'email-taken' });
  });
});

describe('a person', () => {
  const as = <T>(work: Parameters<typeof db.as<T>>[1]) => db.as(ADMIN, work);

  it('changes roles and sites, checked as when invited', async () => {
    const { personId } = await invite();
    const change = (version: number, changed: object) => as((tx) => changePerson(tx, { ...shown(personId, version), change: changed }));
    expect(await change(1, { roles: ['operator'], siteIds: [LYON.id] })).toMatchObject({ roles: ['operator'], version: 2 });
    await expect(change(2, { siteIds: [] })).rejects.toMatchObject({ code: 'operator-needs-sites' });
    await expect(change(1, { name: 'Late' })).rejects.toMatchObject({ code: 'stale-version' });
    const self = actor('admin', { subject: personId });
    await expect(db.as(self, (tx) => changePerson(tx, { ...shown(personId, 2), change: { roles: ['admin'] } }))).rejects.toMatchObject({ code: 'not-yourself' });
  });

  it('who is disabled loses password and links, and comes back with a new link', async () => {
    const { personId, token } = await invite();
    await accept(token);
    expect(await as((tx) => disablePerson(tx, shown(personId, 2)))).toMatchObject({ state: 'disabled' });
    expect(await db.sql('select password_hash from person where id = $1', [personId])).toEqual([{ password_hash: null }]);
    await expect(as((tx) => renewInvitation(tx, { personId, token: newSecret() }))).rejects.toMatchObject({ code: 'person-transition-refused' });
    expect(await as((tx) => enablePerson(tx, shown(personId, 3)))).toMatchObject({ state: 'invited', version: 4 });
    await expect(db.as(actor('admin', { subject: personId }), (tx) => disablePerson(tx, shown(personId, 4)))).rejects.toMatchObject({ code: 'not-yourself' });
  });

  it('who is erased is named nowhere in the database', async () => {
    const { personId, token } = await invite(ADMIN, { email: 'zzyzx@example.org' });
    await accept(token);
    await db.sql(`insert into idempotency_key (subject, method, route, key, body_hash, response) values ('a', 'POST', '/', 'k', 'h', $1)`, [JSON.stringify({ personId, email: 'zzyzx@example.org' })]);
    await as((tx) => erasePerson(tx, shown(personId, 2)));
    expect(await db.as(ADMIN, (tx) => findPerson(tx, personId))).toMatchObject({ state: 'disabled', email: null, name: null, version: 3 });
    const tables = await db.sql<{ name: string }>(`select table_name as name from information_schema.tables where table_schema = 'public'`);
    for (const { name } of tables) expect([name, await db.sql(`select t::text from "${name}" t where t::text like '%zzyzx%'`)]).toEqual([name, []]);
    expect(await db.sql(`select count(*)::int as n from outbox where key = $1`, [personId])).toEqual([{ n: 3 }]);
    expect(await db.sql(`select action from audit where target = $1 order by id`, [personId])).toEqual([{ action: 'person-erased' }]);
  });
});

describe('a site', () => {
  const site = { name: 'Lille', street: '1 rue A', postalCode: '59000', city: 'Lille', bins: ['A-01'], weeklyCapacity: 100 };

  it('is registered, changed and closed, one event each, and then stands still', async () => {
    const { siteId } = await db.as(ADMIN, (tx) => registerSite(tx, site));
    const change = (version: number, changed: object) => db.as(ADMIN, (tx) => changeSite(tx, { siteId, version, change: changed }));
    await expect(change(1, { bins: ['A-01', 'A-01'] })).rejects.toMatchObject({ code: 'bin-twice' });
    expect(await change(1, { weeklyCapacity: 120 })).toMatchObject({ weeklyCapacity: 120, version: 2 });
    await expect(change(1, { weeklyCapacity: 130 })).rejects.toMatchObject({ code: 'stale-version' });
    expect(await db.as(ADMIN, (tx) => closeSite(tx, { siteId, version: 2 }))).toMatchObject({ state: 'closed' });
    await expect(change(3, { name: 'Roubaix' })).rejects.toMatchObject({ code: 'site-closed' });
    expect(await db.sql(`select type, data from outbox where key = $1 order by position`, [siteId])).toMatchObject([
      { type: expect.stringContaining('site-registered') }, { type: expect.stringContaining('site-changed') }, { data: expect.stringContaining('"closed"') },
    ]);
    expect(await db.sql(`select 1 from outbox where data like '%rue A%'`)).toEqual([]);
  });
});

describe('demonstration data', () => {
  it('is loaded once', async () => {
    const count = () => db.sql('select (select count(*)::int from outbox) as events, (select count(*)::int from person) as people, (select count(*)::int from site) as sites');
    const before = await count();
    await db.worker(seedDemonstration);
    expect(await count()).toEqual(before);
    expect(before).toMatchObject([{ people: demonstration.accounts.length, sites: 3 }]);
  });

  it('has an account of each role of people, and holds to every rule', async () => {
    const roles = new Set(demonstration.accounts.flatMap((account) => account.roles));
    expect([...roles].sort()).toEqual(['admin', 'coordinator', 'donor', 'operator', 'ops', 'relay', 'structure']);
    for (const { name, examined, violations } of directoryService.invariants) {
      expect([name, (await db.sql<{ n: number }>(examined))[0]!.n > 0, await db.sql(violations)]).toEqual([name, true, []]);
    }
  });
});

describe('each rule of the service', () => {
  it.each([
    ['people-in-their-place', `update person set roles = '{admin}' where id = '${LOU.id}'`],
    ['approved-structures-have-terms', `update organisation set quota_per_quarter = null where id = '${PASSERELLES}'`],
    ['links-of-those-who-may-come', `update person set state = 'disabled' where id = '${LOU.id}'`],
  ])('%s notices a row that breaks it', async (name, corrupt) => {
    await db.sql(corrupt);
    const rule = directoryService.invariants.find((invariant) => invariant.name === name)!;
    expect(await db.sql(rule.violations)).toHaveLength(1);
  });
});
