import { randomUUID } from 'node:crypto';
import type { Role, ServiceName } from '@lacollecte/contracts';
import type { Actor } from '@lacollecte/database';
import { describe as describeService } from '@lacollecte/runtime';
import { actor } from '@lacollecte/testing';
import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 as Ajv } from 'ajv/dist/2020.js';
import { z } from 'zod';
import { errands, type Journey, journey } from '../fixtures/journey.js';
import { remains, type Strangers, strangers } from '../fixtures/strangers.js';
import { TestSystem } from '../fixtures/system.js';
import { type Door, DOORS, type Insider, insiders, known, type Known, mayCall, overflows, paramsOf, requestOf } from '../fixtures/doors.js';
import { SERVICES } from './check.js';

let system: TestSystem;
let made: Journey;
let others: Strangers;
let own: readonly Insider[];
/** What belongs to the journey's donor, and what to its structure. */
let ofDonor: ReadonlyMap<ServiceName, Known>;
let ofStructure: ReadonlyMap<ServiceName, Known>;

beforeAll(async () => {
  system = await TestSystem.start();
  made = await journey(system);
  await errands(system, made);
  others = await strangers(system);
  await remains(system, made, others);
  own = await insiders(system, made);
  ofDonor = await known(system, made, made.donorId);
  ofStructure = await known(system, made, made.structureId);
}, 180_000);
afterAll(() => system.close());

interface Answer { readonly status: number; readonly text: string; readonly body: { readonly code?: string } }

async function knock(who: Actor | null, door: Door, values: Known): Promise<Answer> {
  const { path, body, headers } = await requestOf(system, door, values);
  const answer = await system.send(who, door.method, path, { body, headers });
  const isJson = /json/.test(String(answer.headers['content-type'])) && answer.body !== '';
  return { status: answer.statusCode, text: answer.body, body: isJson ? answer.json<object>() : {} };
}

/** What belongs to somebody, where it matters. */
const valuesOf = ({ organisationId }: Actor): ReadonlyMap<ServiceName, Known> => (organisationId === made.structureId ? ofStructure : ofDonor);
const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true });

/** How an answer differs from its description; a field that is not described is one too. */
function faults(returns: z.ZodType, body: object): string | null {
  const validate = ajv.compile(z.toJSONSchema(returns, { io: 'output', unrepresentable: 'any' }));
  return validate(body) ? null : ajv.errorsText(validate.errors);
}

const idsOf = (door: Door): string[] => paramsOf(door).filter((name) => name.endsWith('Id') || name === 'identifier');

describe('every route', () => {
  it('has a rule, and a path and method of its own', () => {
    expect(DOORS.filter((door) => !door.spec).map(({ name }) => name)).toEqual([]);
    const shapes = DOORS.map(({ name }) => name.replaceAll(/\{\w+\}/g, '{}'));
    expect(shapes.filter((shape, i) => shapes.indexOf(shape) !== i)).toEqual([]);
    expect(new Set(DOORS.map(({ service }) => service)).size).toBe(SERVICES.length);
  });

  it.each(SERVICES.map((service) => [service.name, service] as const))('of %s is in a valid OpenAPI document', async (name, service) => {
    const document = describeService(service) as { paths: Record<string, Record<string, { operationId: string }>> };
    expect(await new Validator().validate(structuredClone(document))).toMatchObject({ valid: true });
    const described = Object.values(document.paths).flatMap((path) => Object.values(path).map(({ operationId }) => operationId));
    expect(new Set(described).size).toBe(DOORS.filter((door) => door.service === name).length);
  });

  it('takes no number that the database could not hold', () => {
    const inputs = DOORS.flatMap(({ name, spec }) => [spec?.params, spec?.query, spec?.body].flatMap((schema) => (schema ? overflows(schema).map((path) => `${name}: ${path}`) : [])));
    expect(inputs).toEqual([]);
  });

  it('can be walked: what it asks for is there', () => {
    for (const values of [ofDonor, ofStructure]) {
      expect(DOORS.flatMap((door) => paramsOf(door).filter((name) => values.get(door.service)![name] === undefined).map((name) => `${door.name}: ${name}`))).toEqual([]);
    }
  });

  it('refuses whom nobody knows, unless it is public', async () => {
    const wrong: string[] = [];
    for (const door of DOORS) {
      const { status } = await knock(null, door, ofDonor.get(door.service)!);
      if ((door.spec?.roles === 'public') === (status === 401)) wrong.push(`${door.name}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it('lets in the roles it names, and no other', async () => {
    const wrong: string[] = [];
    for (const who of own) {
      for (const door of DOORS) {
        const nothing = Object.fromEntries(idsOf(door).map((name) => [name, randomUUID()]));
        const { status, body } = await knock(who, door, { ...ofDonor.get(door.service), ...nothing });
        const refused = status === 403 && body.code === 'forbidden';
        if (status === 401 || status >= 500 || refused === mayCall(door, who.role)) wrong.push(`${who.role} ${door.name}: ${status} ${body.code}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  /** What is not there in a system where all goes well; tests of their own make it. */
  const ABSENT: Readonly<Record<string, string>> = { '/parked/event': 'parked-event-unknown' };
  const aSetting = (of: ServiceName): string | undefined => Object.keys(SERVICES.find(({ name }) => name === of)!.settings)[0];

  it('answers as it is described', async () => {
    const wrong: string[] = [];
    for (const door of DOORS.filter(({ method }) => method === 'GET')) {
      for (const who of own.filter(({ role }) => mayCall(door, role))) {
        const name = aSetting(door.service);
        const { status, text, body } = await knock(who, door, { ...valuesOf(who).get(door.service)!, ...(name && { name }) });
        if (status === 404 && body.code === ABSENT[door.path]) continue;
        const said = status === 200 && door.spec!.returns ? faults(door.spec!.returns, body) : null;
        if (status !== 200 || said) wrong.push(`${who.role} ${door.name}: ${status} ${said ?? text}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

describe('who belongs to another organisation', () => {
  /** Roles that see only rows of their own. */
  const OWN: readonly Role[] = ['donor', 'structure', 'relay'];

  /** Everything that is told apart by its id and belongs to the journey's organisations. */
  async function secrets(): Promise<string[]> {
    const ids = [...ofDonor.entries(), ...ofStructure.entries()].flatMap(([, { siteId: _site, roundId: _round, taskId: _task, serviceAccountId: _account, ...values }]) =>
      Object.entries(values).filter(([name]) => name.endsWith('Id')).map(([, id]) => String(id)),
    );
    return [...new Set(ids)];
  }

  /** Somebody with this role and nothing to do with the journey. */
  const stranger = (role: Role): Actor => (role === 'donor' ? others.donor : role === 'structure' ? others.structure : actor(role, { organisationId: others.structure.organisationId! }));

  it('is shown nothing of it by any route that they may call', async () => {
    const hidden = await secrets();
    expect(hidden.length).toBeGreaterThan(15);
    const wrong: string[] = [];
    let walked = 0;
    for (const door of DOORS) {
      for (const role of OWN.filter((one) => mayCall(door, one) && door.spec?.roles !== 'public')) {
        for (const values of [ofDonor, ofStructure]) {
          const { status, text, body } = await knock(stranger(role), door, values.get(door.service)!);
          walked++;
          const asked = new Set(idsOf(door).map((name) => String(values.get(door.service)![name])));
          const told = hidden.filter((id) => text.includes(id) && !(status >= 400 && asked.has(id)));
          const opened = idsOf(door).some((name) => name !== 'siteId') && !(status === 403 || status === 404 || (status === 200 && isEmpty(body)));
          if (told.length > 0 || opened || status >= 500) wrong.push(`${role} ${door.name}: ${status} ${text.slice(0, 200)}`);
        }
      }
    }
    expect(walked).toBeGreaterThan(60);
    expect(wrong).toEqual([]);
  });

  it('is not merely told that nothing is there: the same request of its owner finds it', async () => {
    const wrong: string[] = [];
    for (const who of own.filter(({ role }) => role === 'donor' || role === 'structure')) {
      for (const door of DOORS.filter((one) => mayCall(one, who.role) && idsOf(one).length > 0)) {
        const { status, text } = await knock(who, door, valuesOf(who).get(door.service)!);
        if (status === 403 || status === 404 || status >= 500) wrong.push(`${who.role} ${door.name}: ${status} ${text}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

/** A program acts at the sites of its account as an operator does. */
describe.each([['an operator', 'operator', 30], ['a program', 'service', 12]] as const)('%s of another site', (_what, role, least) => {
  /** Said of what lies at a site where somebody does not act. */
  const ELSEWHERE = new Set(['site-not-yours', 'device-elsewhere', 'item-at-other-site', 'other-site']);
  /** Commands that are bound to no site. */
  const ANYWHERE: Readonly<Record<string, string>> = {
    'POST refurbishment/evidence': 'goes to a queue by the serials of drives; whoever decides on it must act at the site',
  };
  const isRefusedForSite = ({ status, body }: Answer): boolean => {
    if (ELSEWHERE.has(body.code ?? '')) return true;
    const items = status === 200 ? (body as { items?: readonly { problem?: { code: string } | null }[] }).items : undefined;
    return items !== undefined && items.length > 0 && items.every((item) => ELSEWHERE.has(item.problem?.code ?? ''));
  };
  const commands = DOORS.filter((door) => door.method !== 'GET' && door.spec?.roles !== 'public' && mayCall(door, role));

  it('changes nothing there: every command says so', async () => {
    const wrong: string[] = [];
    for (const door of commands) {
      const answer = await knock({ ...others.operator, roles: [role] }, door, ofDonor.get(door.service)!);
      if (isRefusedForSite(answer) === door.name in ANYWHERE) wrong.push(`${door.name}: ${answer.status} ${answer.text.slice(0, 300)}`);
    }
    expect(commands.length).toBeGreaterThan(least);
    expect(wrong).toEqual([]);
  });

  it('is refused for the site alone: the same request of one who acts there is not', async () => {
    const insider = own.find((one) => one.role === role)!;
    const wrong: string[] = [];
    for (const door of commands) {
      const answer = await knock(insider, door, ofDonor.get(door.service)!);
      if (isRefusedForSite(answer) || answer.status === 404 || answer.status >= 500) wrong.push(`${door.name}: ${answer.status} ${answer.text.slice(0, 300)}`);
    }
    expect(wrong).toEqual([]);
  });
});

const isEmpty = (body: object): boolean => ('items' in body && Array.isArray(body.items) && body.items.length === 0) || (Array.isArray(body) && body.length === 0);
