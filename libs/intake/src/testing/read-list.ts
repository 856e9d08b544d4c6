import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Column } from '../manifest/fields.js';
import { type Correction, readManifest } from '../manifest/read-manifest.js';
import type { ManifestRow, Refusal } from '../manifest/rows.js';
import { inMemory } from '../manifest/source.js';

const LIBRARY = join(import.meta.dirname, '../..');
/** Files made by other people's tools; not everybody has them. */
const SHARED = join(LIBRARY, '../../../shared/data/lots');

export function fixture(name: string): Buffer {
  return readFileSync(join(LIBRARY, 'fixtures', name));
}

/** Tests on the shared files: skipped, and saying why, where they aren't there. */
export function describeShared(what: string, tests: (read: (name: string) => Buffer) => void): void {
  const read = (name: string): Buffer => readFileSync(join(SHARED, name));
  if (existsSync(SHARED)) describe(what, () => tests(read));
  else describe.skip(`${what} (skipped: the folder shared/data/lots is not there)`, () => tests(read));
}

export interface ReadList {
  readonly columns: readonly Column[];
  readonly accepted: readonly ManifestRow[];
  readonly refused: readonly Refusal[];
  readonly devices: number;
}

/** Everything of a list, its parts put together. */
export async function readList(bytes: Uint8Array | string, correction: Partial<Correction> = {}): Promise<ReadList> {
  const list = await readManifest(inMemory(typeof bytes === 'string' ? Buffer.from(bytes) : bytes), { fields: null, category: null, ...correction });
  const accepted: ManifestRow[] = [];
  const refused: Refusal[] = [];
  for await (const part of list.parts) {
    accepted.push(...part.accepted);
    refused.push(...part.refused);
  }
  return { columns: list.columns, accepted, refused, devices: accepted.reduce((sum, row) => sum + row.quantity, 0) };
}
