/**
 * Builds the console into `dist`: the services' types from docs/openapi, the bundle, and each file compressed. A build that is stopped
 * half way leaves what was there.
 */
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { promisify } from 'node:util';
import openapi, { astToString } from 'openapi-typescript';
import { build } from 'vite';

const here = import.meta.dirname;
const OPENAPI = join(here, '../../docs/openapi');
const GENERATED = join(here, 'src/api/generated');
const DIST = join(here, 'dist');
const NEXT = join(here, 'node_modules/.console-next');
const COMPRESSED = /\.(js|css|html|svg|json|webmanifest|txt|map)$/;
/** Below this, headers cost more than compression saves. */
const SMALL_BYTES = 512;

await types();
if (!process.argv.includes('--types')) await bundle();

/** One file a service, written only where it differs. The key of a POST is given in one place (src/api/middleware.ts), not by who calls. */
async function types() {
  mkdirSync(GENERATED, { recursive: true });
  const documents = readdirSync(OPENAPI).filter((name) => name.endsWith('.json'));
  const wanted = documents.map((name) => `${basename(name, '.json')}.ts`);
  for (const old of readdirSync(GENERATED)) if (!wanted.includes(old)) rmSync(join(GENERATED, old));
  for (const name of documents) {
    const document = JSON.parse(readFileSync(join(OPENAPI, name), 'utf8'));
    for (const path of Object.values(document.paths)) {
      for (const operation of Object.values(path)) {
        if (operation.parameters) operation.parameters = operation.parameters.filter((parameter) => parameter.name !== 'Idempotency-Key');
      }
    }
    const text = astToString(await openapi(document));
    const file = join(GENERATED, `${basename(name, '.json')}.ts`);
    if (read(file) !== text) writeFileSync(file, text);
  }
}

async function bundle() {
  rmSync(NEXT, { recursive: true, force: true });
  await build({ configFile: join(here, 'vite.config.mjs'), logLevel: 'warn', build: { outDir: NEXT } });
  const files = readdirSync(NEXT, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && COMPRESSED.test(entry.name));
  await Promise.all(files.map((entry) => compress(join(entry.parentPath, entry.name))));
  rmSync(DIST, { recursive: true, force: true });
  renameSync(NEXT, DIST);
}

async function compress(file) {
  const content = readFileSync(file);
  if (content.length < SMALL_BYTES) return;
  writeFileSync(`${file}.br`, await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } }));
  writeFileSync(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
