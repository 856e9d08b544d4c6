import { randomUUID } from 'node:crypto';
import { DomainError } from '@lacollecte/contracts';
import type { Tx } from '@lacollecte/database';
import { Endpoint, Input, type InputOf, spec } from '@lacollecte/http';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import type { SettingDefinitions } from '../service.js';
import { ServiceState } from '../service-state.js';
import { UnitOfWork } from '../unit-of-work.js';

const SettingView = z.object({ name: z.string(), description: z.string(), value: z.unknown(), default: z.unknown(), version: z.int() });
const listSpec = spec({ summary: 'Figures that operations may change', roles: ['admin', 'coordinator', 'ops'], returns: z.array(SettingView) });
const changeSpec = spec({
  summary: 'Change a figure',
  roles: ['admin'],
  ifMatch: true,
  params: z.object({ name: z.string() }),
  body: z.object({ value: z.unknown() }),
  returns: SettingView,
});

async function listSettings(tx: Tx, definitions: SettingDefinitions): Promise<z.infer<typeof SettingView>[]> {
  const rows = await tx.query<{ name: string; value: unknown; version: number }>('select name, value, version from setting');
  return Object.entries(definitions).map(([name, definition]) => {
    const row = rows.find((r) => r.name === name);
    return { name, description: definition.description, value: row ? row.value : definition.default, default: definition.default, version: row?.version ?? 0 };
  });
}

async function changeSetting(tx: Tx, definitions: SettingDefinitions, name: string, value: unknown, version: number): Promise<z.infer<typeof SettingView>> {
  const definition = Object.hasOwn(definitions, name) ? definitions[name] : undefined;
  if (!definition) throw new DomainError('setting-unknown', { name });
  const parsed = definition.schema.safeParse(value);
  if (!parsed.success) throw new DomainError('setting-invalid', { name, reason: parsed.error.issues[0]?.message ?? '' });
  const values = [name, JSON.stringify(parsed.data), tx.actor.subject];
  const changed =
    version === 0
      ? await tx.execute('insert into setting (name, value, updated_by) values ($1, $2, $3) on conflict do nothing', values)
      : await tx.execute('update setting set value = $2, updated_by = $3, updated_at = now(), version = version + 1 where name = $1 and version = $4', [...values, version]);
  if (changed === 0) throw new DomainError('stale-version');
  await tx.execute('insert into audit (id, actor, action, target, detail) values ($1, $2, $3, $4, $5)', [
    randomUUID(), tx.actor.subject, 'setting', name, JSON.stringify({ value: parsed.data }),
  ]);
  return { name, description: definition.description, value: parsed.data, default: definition.default, version: version + 1 };
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

  @Endpoint('PUT', ':name', changeSpec)
  change(@Input() input: InputOf<typeof changeSpec>) {
    return this.uow.run((tx) => changeSetting(tx, this.state.definition.settings, input.params.name, input.body.value, input.version));
  }
}
