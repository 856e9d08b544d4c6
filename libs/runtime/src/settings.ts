import type { Tx } from '@lacollecte/database';
import type { SettingDefinition, SettingDefinitions } from './service.js';
import type { z } from 'zod';

export function setting<S extends z.ZodType>(schema: S, value: z.output<S>, description: string): SettingDefinition<S> {
  return { schema, default: value, description };
}

export type SettingsOf<D extends SettingDefinitions> = { readonly [K in keyof D]: z.output<D[K]['schema']> };

/** The figures in force: what operations set, else the default. */
export async function settingsOf<D extends SettingDefinitions>(tx: Tx, definitions: D): Promise<SettingsOf<D>> {
  const rows = await tx.query<{ name: string; value: unknown }>('select name, value from setting');
  const set = new Map(rows.map((row) => [row.name, row.value]));
  return Object.fromEntries(Object.entries(definitions).map(([name, d]) => [name, set.has(name) ? d.schema.parse(set.get(name)) : d.default])) as SettingsOf<D>;
}
