import { randomUUID } from 'node:crypto';
import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { Endpoint, Input, type InputOf, spec } from '@lacollecte/http';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { SettingDefinition, SettingDefinitions } from '../service.js';
import { ServiceState } from '../service-state.js';
import { UnitOfWork } from '../unit-of-work.js';

const Bound = z.number().nullable();
const SettingView = z.object({
  name: z.string(), description: z.string(), value: z.unknown(), default: z.unknown(), version: z.int(),
  minimum: Bound, maximum: Bound, whole: z.boolean().describe('No fractions'),
  changedAt: z.iso.datetime().nullable().describe('Null: it is as it was delivered'), changedBy: z.string().nullable(),
});
type SettingView = z.infer<typeof SettingView>;
const SettingChange = z.object({ at: z.iso.datetime(), by: z.string(), value: z.unknown() });
const CHANGES_SHOWN = 100;
const params = z.object({ name: z.string() });
const readers = ['admin', 'coordinator', 'ops'] as const;
const listSpec = spec({ summary: 'Figures that operations may change, with what each may be', roles: readers, returns: z.array(SettingView) });
const changesSpec = spec({ summary: `Who set a figure to what, newest first (${CHANGES_SHOWN} at most)`, roles: readers, params, returns: z.array(SettingChange) });
const changeSpec = spec({ summary: 'Change a figure', roles: ['admin'], ifMatch: true, params, body: z.object({ value: z.unknown() }), returns: SettingView });

interface SettingRow {
  readonly name: string;
  readonly value: unknown;
  readonly version: number;
  readonly updated_at: Date;
  readonly updated_by: string;
}

/** What a figure may be; null where its schema sets no bound. */
function boundsOf({ schema }: SettingDefinition): Pick<SettingView, 'minimum' | 'maximum' | 'whole'> {
  const { type, minimum = null, maximum = null } = z.toJSONSchema(schema) as { type?: string; minimum?: number; maximum?: number };
  // Every whole number has the largest that JavaScript can count to for a bound.
  const bound = (value: number | null) => (value !== null && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : null);
  return { minimum: bound(minimum), maximum: bound(maximum), whole: type === 'integer' };
}

function viewOf(name: string, definition: SettingDefinition, row: SettingRow | undefined): SettingView {
  return {
    name, description: definition.description, value: row ? row.value : definition.default, default: definition.default, version: row?.version ?? 0,
    ...boundsOf(definition), changedAt: row?.updated_at.toISOString() ?? null, changedBy: row?.updated_by ?? null,
  };
}

function definitionOf(definitions: SettingDefinitions, name: string): SettingDefinition {
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  if (!definition) throw new DomainError('setting-unknown', { name });
  return definition;
}

async function listSettings(tx: Tx, definitions: SettingDefinitions): Promise<SettingView[]> {
  const rows = new Map((await tx.query<SettingRow>('select name, value, version, updated_at, updated_by from setting')).map((row) => [row.name, row]));
  return Object.entries(definitions).map(([name, definition]) => viewOf(name, definition, rows.get(name)));
}

async function listChanges(tx: Tx, definitions: SettingDefinitions, name: string): Promise<z.infer<typeof SettingChange>[]> {
  definitionOf(definitions, name);
  const rows = await tx.query<{ at: Date; actor: string; detail: { value: unknown } }>(
    `select at, actor, detail from audit where action = 'setting' and target = $1 order by at desc, id limit $2`, [name, CHANGES_SHOWN],
  );
  return rows.map(({ at, actor, detail }) => ({ at: at.toISOString(), by: actor, value: detail.value }));
}

/** A refusal says what it may be, at the figure. */
function parsed(name: string, definition: SettingDefinition, value: unknown): unknown {
  const result = definition.schema.safeParse(value);
  if (result.success) return result.data;
  const { minimum, maximum } = boundsOf(definition);
  const params = { name, reason: result.error.issues[0]?.message ?? '', minimum: minimum ?? '−∞', maximum: maximum ?? '∞' };
  throw new DomainError('setting-invalid', params, [{ pointer: '/value', code: 'setting-invalid', params }]);
}

async function changeSetting(tx: Tx, definitions: SettingDefinitions, name: string, value: unknown, version: number): Promise<SettingView> {
  const definition = definitionOf(definitions, name);
  const wanted = parsed(name, definition, value);
  const values = [name, JSON.stringify(wanted), tx.actor.subject, tx.now];
  const row = await tx.one<SettingRow>(
    version === 0
      ? 'insert into setting (name, value, updated_by, updated_at) values ($1, $2, $3, $4) on conflict do nothing returning *'
      : 'update setting set value = $2, updated_by = $3, updated_at = $4, version = version + 1 where name = $1 and version = $5 returning *',
    version === 0 ? values : [...values, version],
  );
  if (!row) throw new DomainError('stale-version');
  await tx.execute('insert into audit (id, at, actor, action, target, detail) values ($1, $2, $3, $4, $5, $6)', [
    randomUUID(), tx.now, tx.actor.subject, 'setting', name, JSON.stringify({ value: wanted }),
  ]);
  return viewOf(name, definition, row);
}

@Controller('settings')
export class SettingsController {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly state: ServiceState,
  ) {}

  @Endpoint('GET', '', listSpec)
  list() {
    return this.uow.run((tx) => listSettings(tx, this.state.definition.settings));
  }

  @Endpoint('GET', ':name/changes', changesSpec)
  changes(@Input() input: InputOf<typeof changesSpec>) {
    return this.uow.run((tx) => listChanges(tx, this.state.definition.settings, input.params.name));
  }

  @Endpoint('PUT', ':name', changeSpec)
  change(@Input() input: InputOf<typeof changeSpec>) {
    return this.uow.run((tx) => changeSetting(tx, this.state.definition.settings, input.params.name, input.body.value, input.version));
  }
}
