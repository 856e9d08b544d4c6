import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure, STATUS } from './fail.mjs';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Platforms with a PostgreSQL in npm that we know to work. Windows: under WSL. */
const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'];
export const platform = `${process.platform}-${process.arch}`;

const major = Number(process.versions.node.split('.')[0]);

/** What must hold before anything can be installed. */
export function checkMachine() {
  if (major < 20) throw new Failure(STATUS.platform, `Node ${process.versions.node} is too old: install Node 20 or newer, then run this again`);
  if (!PLATFORMS.includes(platform)) throw new Failure(STATUS.platform, `this platform (${platform}) is not supported: use Linux or macOS on x64 or arm64 (on Windows: WSL)`);
  if (process.platform === 'linux' && !process.report.getReport().header.glibcVersionRuntime)
    throw new Failure(STATUS.platform, 'this Linux has no glibc (Alpine?), which PostgreSQL from npm needs: use a glibc distribution such as Debian or Ubuntu');
}

/** The Node that the project is made for: the one npm installed, else this one if it is new enough. */
export function pinnedNode() {
  const pinned = join(root, 'node_modules/.bin/node');
  if (existsSync(pinned)) return pinned;
  if (major >= 24) return process.execPath;
  throw new Failure(STATUS.platform, `npm has no Node 24 for ${platform}: install Node 24 or newer, then run this again`);
}

/** For child processes: the project's own programs first, and an Nx that leaves no process behind and calls nobody. */
export function environment(extra = {}) {
  return {
    ...process.env,
    PATH: [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter),
    NX_DAEMON: 'false',
    NX_TUI: 'false',
    NX_ISOLATE_PLUGINS: 'false',
    NX_NO_CLOUD: 'true',
    ...extra,
  };
}
