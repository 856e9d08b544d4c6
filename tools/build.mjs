/** Builds everything with Nx, which caches; not even asked where no source has changed since. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commandLine } from './command-line.mjs';
import { Failure, run } from './fail.mjs';
import { install } from './install.mjs';
import { environment, pinnedNode, root } from './workspace.mjs';

const STAMP = join(root, 'node_modules/.lacollecte-built');

export function build() {
  const wanted = digest();
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted && built()) return;
  process.stderr.write('Building\n');
  const nx = spawnSync(pinnedNode(), [join(root, 'node_modules/nx/dist/bin/nx.js'), 'run-many', '-t', 'build', '--outputStyle=static'], { cwd: root, env: environment(), encoding: 'utf8' });
  if (nx.status !== 0) {
    process.stderr.write(`${nx.stdout}${nx.stderr}`);
    throw new Failure(1, 'the build failed: see above');
  }
  writeFileSync(STAMP, wanted);
}

function projects() {
  return ['libs', 'apps'].flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(root, folder, name))).filter((path) => existsSync(join(path, 'tsconfig.json')));
}

function built() {
  return projects().every((path) => existsSync(join(path, 'dist')));
}

/** Of every source's path, size and time of change. */
function digest() {
  const hash = createHash('sha256');
  const add = (path) => {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path} ${mtimeMs} ${size}\n`);
  };
  for (const file of ['package-lock.json', 'tsconfig.base.json', 'nx.json']) add(join(root, file));
  for (const path of projects()) {
    add(join(path, 'tsconfig.json'));
    add(join(path, 'package.json'));
    for (const file of filesOf(join(path, 'src'))) add(file);
  }
  // What the console is made of besides its sources.
  for (const file of ['build.mjs', 'index.html', 'service-worker.js', 'service-worker.mjs', 'vite.config.mjs']) add(join(root, 'apps/console', file));
  for (const folder of ['apps/console/public', 'docs/openapi']) for (const file of filesOf(join(root, folder))) add(file);
  return hash.digest('hex');
}

/** But for what a build writes itself. */
function filesOf(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return entries.map((entry) => join(entry.parentPath, entry.name)).filter((file) => !file.includes('/api/generated/')).toSorted();
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await run(async () => {
    if (!commandLine('usage: node tools/build.mjs\nInstalls what the lockfile says and builds everything, where something has changed since.')) return;
    await install();
    build();
  });
