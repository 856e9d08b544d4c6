import { execFileSync, spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { SetupError } from './setup-error.js';

/** Who runs the server and how: PostgreSQL refuses to run as root. */
export interface Account {
  /** Given to files the server must own; undefined: it runs as the current user. */
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
  /** The command line for `program` as this account. */
  command(program: string, args: readonly string[]): { program: string; args: string[]; uid?: number; gid?: number };
}

const PLAIN: Account = { owner: undefined, command: (program, args) => ({ program, args: [...args] }) };

/** The account for a cluster in `cluster`, a folder that may not exist yet, whose binaries are beside `postgres`. */
export async function accountFor(cluster: string, parent: string, postgres: string): Promise<Account> {
  if (process.getuid?.() !== 0) return PLAIN;
  const owner = ownerOf(cluster) ?? postgresUser();
  if (mayReach(postgres, owner) && mayReach(parent, owner))
    return { owner, command: (program, args) => ({ program, args: [...args], ...owner }) };
  // Below a folder that only root may enter, such as /root: let the server pass through folders, and nothing more than reading.
  const capability = await passingCapability();
  // no_setuid_fixup: or access(), with which initdb looks for its programs, would leave the capability out of account.
  const ids = ['--reuid', `${owner.uid}`, '--regid', `${owner.gid}`, '--clear-groups', '--securebits', '+no_setuid_fixup'];
  const prefix = [...ids, '--inh-caps', capability, '--ambient-caps', capability, '--'];
  if (capability === '' || spawnSync('setpriv', [...prefix, postgres, '--version'], { cwd: '/' }).status !== 0)
    throw new SetupError('no-permission', `PostgreSQL cannot run as root, and its user cannot enter ${parent}: move the project out of root's own folders, or run as an ordinary user`);
  return { owner, command: (program, args) => ({ program: 'setpriv', args: [...prefix, program, ...args] }) };
}

function ownerOf(folder: string): { uid: number; gid: number } | undefined {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat && stat.uid !== 0 ? { uid: stat.uid, gid: stat.gid } : undefined;
}

/** The system's user `postgres`, created if there is none. */
function postgresUser(): { uid: number; gid: number } {
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { stdio: ['ignore', 'pipe', 'ignore'], encoding: 'utf8' }));
  const read = (): { uid: number; gid: number } => ({ uid: id('-u'), gid: id('-g') });
  try {
    return read();
  } catch {
    try {
      execFileSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'postgres'], { stdio: 'ignore' });
      return read();
    } catch (error) {
      throw new SetupError('no-permission', 'PostgreSQL cannot run as root, and no user "postgres" could be created: create one, or run as an ordinary user', { cause: error });
    }
  }
}

function mayReach(path: string, owner: { uid: number; gid: number }): boolean {
  return spawnSync('test', ['-r', path], { cwd: '/', ...owner }).status === 0;
}

/** The least capability of this process that passes through folders: CAP_DAC_READ_SEARCH, else (containers) CAP_DAC_OVERRIDE. */
async function passingCapability(): Promise<string> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const bounding = BigInt(`0x${/^CapBnd:\s*([0-9a-f]+)/m.exec(status)?.[1] ?? '0'}`);
  if (bounding & (1n << 2n)) return '+dac_read_search';
  return bounding & (1n << 1n) ? '+dac_override' : '';
}
