import 'reflect-metadata';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type HandlerOptions, PLATFORM_MIGRATIONS, type Projection } from '@lacollecte/messaging';
import type { ServiceDefinition } from '@lacollecte/runtime';
import { DEFINITIONS } from '@lacollecte/system';
import { createTestDatabase } from '@lacollecte/testing';
import { PATTERN_EXTRAS_METADATA, PATTERN_METADATA } from '@nestjs/microservices/constants.js';

const services = DEFINITIONS.map((definition) => [definition.name, definition] as const);
const libs = fileURLToPath(new URL('../../../../libs/', import.meta.url));

async function tablesOf(name: ServiceDefinition['name'], migrations: readonly Function[]): Promise<string[]> {
  const database = await createTestDatabase(name, [...PLATFORM_MIGRATIONS, ...migrations]);
  try {
    return (await database.sql<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' order by 1`)).map((row) => row.name);
  } finally {
    await database.close();
  }
}

/** Files of a service that run, with what is in them. */
async function sources(service: string): Promise<{ file: string; text: string }[]> {
  const folder = join(libs, service, 'src');
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.ts') && !/\.spec\.ts$|^testing\/|\/migrations\//.test(file));
  return Promise.all(files.map(async (file) => ({ file, text: await readFile(join(folder, file), 'utf8') })));
}

/** Types whose handlers say that they write a projection, by its table. */
function handled({ consumers }: ServiceDefinition): [Projection, string][] {
  return consumers.flatMap((consumer) =>
    Object.values(Object.getOwnPropertyDescriptors(consumer.prototype as object)).flatMap(({ value }): [Projection, string][] => {
      const types = (typeof value === 'function' ? (Reflect.getMetadata(PATTERN_METADATA, value) as string[] | undefined) : undefined) ?? [];
      const { projections = [] } = (types.length === 0 ? {} : (Reflect.getMetadata(PATTERN_EXTRAS_METADATA, value) ?? {})) as HandlerOptions<never>;
      return projections.flatMap((projection) => types.filter((type) => projection.types.includes(type)).map((type): [Projection, string] => [projection, type]));
    }),
  );
}

describe.each(services)('%s', (name, definition) => {
  it('declares each of its tables once: aggregate, projection, or part', async () => {
    const platform = new Set(await tablesOf('directory', []));
    const own = (await tablesOf(name, definition.migrations)).filter((table) => !platform.has(table));
    const declared = [...definition.aggregates, ...definition.projections].map(({ table }) => table).concat(definition.parts);
    expect(declared.sort()).toEqual(own);
  });

  it('has for each projection a handler of each type that it is made of, which says so', () => {
    const expected = definition.projections.flatMap((projection) => projection.types.map((type) => `${projection.table} ${type}`));
    expect(handled(definition).map(([{ table }, type]) => `${table} ${type}`).sort()).toEqual(expected.sort());
    for (const [projection] of handled(definition)) expect(definition.projections).toContain(projection);
  });

  it('writes its projections nowhere else', async () => {
    const writes = new RegExp(`(insert into|update|delete from|truncate)\\s+(${definition.projections.map(({ table }) => table).join('|') || '(?!)'})\\b`, 'i');
    const files = await sources(name);
    expect(files.filter(({ file, text }) => !file.startsWith('projections/') && writes.test(text)).map(({ file }) => file)).toEqual([]);
    expect(files.filter(({ file, text }) => file.startsWith('projections/') && writes.test(text))).toHaveLength(definition.projections.length);
  });

  it('makes them of events alone: no clock, no chance, no other schema', async () => {
    const impure = /\bnow\(|current_(timestamp|date|time)|clock_timestamp|statement_timestamp|random|new Date\(|Date\.now|performance\.|public\.|nextval/i;
    const files = await sources(name);
    expect(files.filter(({ file, text }) => file.startsWith('projections/') && impure.test(text)).map(({ file }) => file)).toEqual([]);
  });
});
