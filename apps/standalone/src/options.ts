import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { STATUS, StopReason } from '@lacollecte/servers';

export interface Options {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  readonly demo: boolean;
  readonly reset: boolean;
  readonly yes: boolean;
  readonly createAdmin: string | undefined;
  readonly help: boolean;
}

/** @throws StopReason that names the option and what it takes */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options {
  const { values } = parse(args);
  const host = values.host ?? '127.0.0.1';
  const email = values['create-admin'];
  if (email !== undefined && !/^[^\s@]+@[^\s@]+$/.test(email)) throw wrong(`--create-admin takes an e-mail address, not "${email}"`);
  if (host === '') throw wrong('--host takes an address, such as 127.0.0.1 or 0.0.0.0');
  if (values.data === '') throw wrong('--data takes a folder');
  return {
    port: portOf(values.port ?? env['PORT'] ?? '3000', values.port === undefined ? 'PORT' : '--port'),
    host,
    dataDir: resolve(values.data ?? '.data'),
    demo: values['no-demo'] !== true && isLoopback(host),
    reset: values.reset === true,
    yes: values.yes === true,
    createAdmin: email,
    help: values.help === true,
  };
}

/** Whether only this machine can reach it: demonstration accounts have passwords that everybody knows. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        host: { type: 'string' },
        data: { type: 'string' },
        'no-demo': { type: 'boolean' },
        reset: { type: 'boolean' },
        yes: { type: 'boolean', short: 'y' },
        'create-admin': { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw wrong((error as Error).message.split(/\. To |\n/)[0] ?? 'wrong options');
  }
}

function portOf(text: string, name: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw wrong(`${name} takes a number from 0 to 65535, not "${text}"`);
  return port;
}

function wrong(message: string): StopReason {
  return new StopReason(STATUS.usage, `${message}: see npm start -- --help`);
}
