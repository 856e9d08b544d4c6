import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

const DIST = join(import.meta.dirname, '../dist');
/** What a browser fetches to show any one page, compressed with gzip by the build; with Brotli, which most browsers take, a tenth less. */
const MOST_BYTES = 250_000;

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

const manifest = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8')) as Record<string, Chunk>;

/** A chunk with all that it cannot do without. */
function withImports(key: string, found = new Set<string>()): Set<string> {
  if (found.has(key)) return found;
  found.add(key);
  for (const next of manifest[key]?.imports ?? []) withImports(next, found);
  return found;
}

const entry = Object.keys(manifest).find((key) => manifest[key]!.isEntry)!;
const pages = Object.keys(manifest).filter((key) => /^src\/workspaces\/[\w-]+\/[\w-]+-page\.tsx$/.test(key));

/** The build leaves what is tiny as it is. */
function bytesOf({ file }: Chunk): number {
  const path = join(DIST, file);
  return statSync(existsSync(`${path}.gz`) ? `${path}.gz` : path).size;
}

test('there is a page of each workspace to measure', () => {
  expect(new Set(pages.map((page) => page.split('/')[2]))).toEqual(new Set(['donor', 'warehouse', 'coordination', 'structure', 'administration', 'operations']));
});

it.each(pages)('%s and all around it is fetched in 250 kB', (page) => {
  const workspace = page.split('/')[2]!;
  const texts = ['shell', 'parts', workspace].map((namespace) => `src/i18n/fr/${namespace}.json`);
  const chunks = new Set([entry, page, ...texts].flatMap((key) => [...withImports(key)]));
  for (const key of [page, ...texts]) expect(Object.keys(manifest)).toContain(key);
  const scripts = [...chunks].map((key) => manifest[key]!).filter(({ file }) => file.endsWith('.js'));
  expect(scripts.reduce((sum, chunk) => sum + bytesOf(chunk), 0)).toBeLessThanOrEqual(MOST_BYTES);
});
