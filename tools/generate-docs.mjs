/**
 * `npm run docs` writes what is generated from the code: docs/asyncapi.yaml, docs/openapi/<service>.json, and a golden example for
 * each event that has none yet. `--check` writes nothing and fails on a difference. Runs on what was built
 * (`node tools/build.mjs`).
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stringify } from 'yaml';
import { commandLine } from './command-line.mjs';
import { Failure, run } from './fail.mjs';
import { root } from './workspace.mjs';

const HELP = `usage: node tools/generate-docs.mjs [--check]
Writes what is generated from the built code: docs/asyncapi.yaml, docs/openapi/<service>.json, and an example of each event that has none yet.
--check  writes nothing, and fails where a file is not what the code says`;
const VERSION = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
const FOLDERS = ['docs/openapi', 'libs/contracts/golden'];
/** Every event ever announced must still be read: what is stored here is never written again. */
const GOLDEN = 'libs/contracts/golden/';

const built = (library) => import(pathToFileURL(join(root, 'libs', library, 'dist/index.js')).href);
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** Path → content. */
async function documents() {
  const { asyncApiOf, EVENTS, SERVICES } = await built('contracts');
  const { describe } = await built('runtime');
  const files = new Map([['docs/asyncapi.yaml', stringify(asyncApiOf(VERSION), { aliasDuplicateObjects: false, lineWidth: 0 })]]);
  for (const service of SERVICES) {
    const { [`${service}Service`]: definition } = await built(service);
    files.set(`docs/openapi/${service}.json`, json(describe(definition)));
  }
  for (const { type, example } of EVENTS.values()) files.set(`${GOLDEN}${type}.json`, json(example));
  return files;
}

/** What stands in the folders and is generated from nothing. */
function leftOver(files) {
  return FOLDERS.flatMap((folder) => (existsSync(join(root, folder)) ? readdirSync(join(root, folder)).map((name) => `${folder}/${name}`) : [])).filter((path) => !files.has(path));
}

function differs(path, content) {
  const file = join(root, path);
  if (!existsSync(file)) return true;
  return !path.startsWith(GOLDEN) && readFileSync(file, 'utf8') !== content;
}

await run(async () => {
  const asked = commandLine(HELP, { options: { check: { type: 'boolean' } } });
  if (!asked) return 0;
  const files = await documents();
  const changed = [...files.keys()].filter((path) => differs(path, files.get(path)));
  const gone = leftOver(files);
  if (asked.values.check) {
    if (changed.length + gone.length > 0) throw new Failure(1, `not what the code says: ${[...changed, ...gone].join(', ')}: run \`npm run docs\` and commit`);
    return 0;
  }
  for (const path of changed) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), files.get(path));
    console.log(`wrote   ${path}`);
  }
  for (const path of gone) {
    // An event's golden example is removed by hand, with the event.
    if (path.startsWith(GOLDEN)) throw new Failure(1, `${path}: there is no such event any more; whoever kept one can no longer read it`);
    rmSync(join(root, path));
    console.log(`removed ${path}`);
  }
  return 0;
});
