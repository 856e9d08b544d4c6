import { PLATFORM_MIGRATIONS } from '@lacollecte/runtime';
import { createTestDatabase, type TestDatabase } from '@lacollecte/testing';
import { SERVICES } from './check.js';

/** Columns that say whose a row is; where a table is about the organisation itself, its own id does. */
const OWNERS = ['donor_id', 'structure_id', 'organisation_id'];
/** Read by somebody who has not signed in. */
const BY_SECRET: readonly string[] = ['invitation']; // by the hash of a token that only the invited person holds
const THEMSELVES: Readonly<Record<string, string>> = { organisation: 'id', donor: 'id', structure: 'id' };

interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly enabled: boolean;
  readonly policies: readonly { role: string; command: string; permissive: boolean; condition: string; check: string | null }[];
}

const TABLES = `
  select c.relname as name, c.relrowsecurity as enabled,
    array(select attname::text from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
    coalesce((select jsonb_agg(jsonb_build_object('role', r.role, 'command', p.cmd, 'permissive', p.permissive = 'PERMISSIVE', 'condition', p.qual, 'check', p.with_check))
      from pg_policies p cross join unnest(p.roles) as r(role) where p.schemaname = 'public' and p.tablename = c.relname), '[]') as policies
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname`;

describe.each(SERVICES.map((service) => [service.name, service] as const))('%s', (name, { migrations }) => {
  let database: TestDatabase;
  let tables: readonly Table[];
  beforeAll(async () => {
    database = await createTestDatabase(name, [...PLATFORM_MIGRATIONS, ...migrations]);
    tables = await database.sql<Table>(TABLES);
  });
  afterAll(() => database.close());

  const ownerOf = ({ name: table, columns }: Table): string | undefined => THEMSELVES[table] ?? columns.find((column) => OWNERS.includes(column));

  it('keeps every row of an organisation from the others', () => {
    for (const table of tables.filter((one) => ownerOf(one) !== undefined && !BY_SECRET.includes(one.name))) {
      const of = (role: string) => table.policies.filter((policy) => policy.role === `${name}_${role}`);
      expect({ table: table.name, enabled: table.enabled, app: of('app').length, worker: of('worker').length }).toEqual({ table: table.name, enabled: true, app: 1, worker: 1 });
      const [app] = of('app');
      expect({ table: table.name, ...app }).toMatchObject({ table: table.name, command: 'ALL', check: null, condition: expect.stringContaining(`(${ownerOf(table)} = `) });
      expect(app!.condition).toContain("NULLIF(current_setting('app.organisation'");
      expect(app!.condition).toContain("current_setting('app.staff'");
    }
  });

  it('has no policy that speaks of nobody, and none for everybody', () => {
    expect(tables.filter((table) => table.enabled && ownerOf(table) === undefined).map((table) => table.name)).toEqual([]);
    const roles = tables.flatMap((table) => table.policies.map(({ role }) => role));
    expect(roles.filter((role) => role !== `${name}_app` && role !== `${name}_worker`)).toEqual([]);
  });

  it('serves with roles that the policies hold, and views that do not step round them', async () => {
    const unfit = `select rolname from pg_roles where rolname in ($1, $2) and (rolsuper or rolbypassrls or pg_has_role(rolname, $3, 'member'))`;
    expect(await database.sql(unfit, [`${name}_app`, `${name}_worker`, `${name}_owner`])).toEqual([]);
    const owned = `select c.relname from pg_class c join pg_roles r on r.oid = c.relowner where c.relnamespace = 'public'::regnamespace and r.rolname in ($1, $2)`;
    expect(await database.sql(owned, [`${name}_app`, `${name}_worker`])).toEqual([]);
    const views = `select relname from pg_class where relnamespace = 'public'::regnamespace and relkind = 'v' and not coalesce('security_invoker=true' = any(reloptions), false)`;
    expect(await database.sql(views)).toEqual([]);
  });
});

test('every service that knows donors or structures has such rows', async () => {
  const owned = SERVICES.filter(({ migrations }) => migrations.some((migration) => /\bprotect\b|row level security/.test(String(migration)))).map(({ name }) => name);
  expect(owned).toEqual(['directory', 'intake', 'refurbishment', 'matching', 'dispatch', 'traceability']);
});
