import { parse } from 'yaml';
import { type Process, read } from './process.js';

export interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string; readonly target: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string | number>>;
  readonly ports?: readonly string[];
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: object;
  readonly user?: string;
  readonly volumes?: readonly string[];
  readonly stop_grace_period?: string;
}

export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly volumes: Readonly<Record<string, object>>;
}

/** The file with its aliases resolved, and `${NAME:-default}` as it is where nothing is set. */
export function composeFile(): ComposeFile {
  const plain = read('docker-compose.yml').replaceAll(/\$\{\w+:-([^}]*)\}/g, '$1');
  return parse(plain, { merge: true }) as ComposeFile;
}

/** Those of its services that are ours. */
export function composeProcesses(): Process[] {
  return Object.entries(composeFile().services).flatMap(([name, { build, command = [], environment = {} }]) =>
    build ? [{ name, target: build.target, args: command, environment: Object.fromEntries(Object.entries(environment).map(([key, value]) => [key, String(value)])) }] : [],
  );
}
