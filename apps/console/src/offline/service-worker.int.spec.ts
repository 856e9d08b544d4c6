import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DIST = join(import.meta.dirname, '../../dist');
const worker = readFileSync(join(DIST, 'sw.js'), 'utf8');
const files = JSON.parse(/^const FILES = (.*);$/m.exec(worker)![1]!) as string[];
const built = JSON.parse(readFileSync(join(DIST, '.vite/manifest.json'), 'utf8')) as Record<string, { file: string; css?: string[]; imports?: string[]; isEntry?: boolean }>;

/** A chunk's file with those that it cannot do without. */
function withImports(key: string, found = new Set<string>()): Set<string> {
  const chunk = built[key]!;
  if (found.has(`/${chunk.file}`)) return found;
  for (const file of [chunk.file, ...(chunk.css ?? [])]) found.add(`/${file}`);
  for (const next of chunk.imports ?? []) withImports(next, found);
  return found;
}

it('keeps files that are there, and under a name of its own for each build', () => {
  expect(files.filter((file) => !existsSync(join(DIST, file)))).toEqual([]);
  expect(new Set(files).size).toBe(files.length);
  expect(worker).toMatch(/^const KEPT = 'lacollecte-[0-9a-f]{12}';$/m);
});

it('keeps all that the warehouse’s scanning pages are made of, in both languages', () => {
  const texts = ['fr', 'en'].flatMap((language) => ['shell', 'parts', 'warehouse'].map((namespace) => `src/i18n/${language}/${namespace}.json`));
  const wanted = ['index.html', 'src/workspaces/warehouse/station-page.tsx', 'src/workspaces/warehouse/series-page.tsx', 'src/workspaces/warehouse/station/step-window.tsx', 'src/workspaces/warehouse/series/paste-many.tsx', 'src/offline/start-offline.ts', ...texts];
  expect(wanted.flatMap((key) => [...withImports(key)]).filter((file) => !files.includes(file))).toEqual([]);
});

it('has an icon for each size that the application is installed with', () => {
  const { icons } = JSON.parse(readFileSync(join(DIST, 'manifest.webmanifest'), 'utf8')) as { icons: { src: string }[] };
  expect(icons.filter(({ src }) => !existsSync(join(DIST, src)))).toEqual([]);
});
