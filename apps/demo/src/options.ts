import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

/** The project's own list. */
const DEFAULT_LIST = fileURLToPath(new URL('../../../libs/intake/fixtures/parc-240.csv', import.meta.url));

export interface Options {
  /** Absolute path of the list. */
  readonly file: string;
  readonly seed: number;
  /** Null: the system that runs on the data folder, or one that is started there. */
  readonly url: string | null;
  /** Where people sign in; null: at the system itself. */
  readonly issuer: string | null;
  readonly dataDir: string;
  readonly json: boolean;
  readonly help: boolean;
}

/** The command was used wrongly. */
export class UsageError extends Error {}

/** @throws UsageError */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options {
  const { values, positionals } = parse(args);
  if (positionals.length > 1) throw new UsageError(`one list at a time, not ${positionals.join(' and ')}`);
  const seed = values.seed ?? '1';
  // As each service reads it.
  const issuer = values.issuer ?? env['OIDC_ISSUER'];
  if (!/^\d{1,9}$/.test(seed)) throw new UsageError(`--seed takes a whole number, not "${seed}"`);
  return {
    // npm runs its scripts in the project's folder: the caller's own is said apart.
    file: positionals[0] === undefined ? DEFAULT_LIST : resolve(env['INIT_CWD'] ?? '.', positionals[0]),
    seed: Number(seed),
    url: values.url === undefined ? null : addressOf('--url', values.url),
    issuer: issuer === undefined ? null : addressOf('--issuer', issuer),
    dataDir: resolve(values.data ?? '.data'),
    json: values.json === true,
    help: values.help === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        seed: { type: 'string' }, url: { type: 'string' }, issuer: { type: 'string' }, data: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError((error as Error).message.split(/\. To |\n/)[0]);
  }
}

function addressOf(option: string, text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) throw new UsageError(`${option} takes an address such as http://localhost:3000, not "${text}"`);
  return url.href.replace(/\/+$/, '');
}
