import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { SERVICES, type ServiceName } from '@lacollecte/contracts';
import { STATUS, StopReason } from '@lacollecte/servers';

export interface Options {
  /** Of the gateway; 0: any free one. */
  readonly port: number;
  readonly dataDir: string;
  /** How many processes of each service. */
  readonly replicas: ReadonlyMap<ServiceName, number>;
  readonly yes: boolean;
  readonly down: boolean;
  readonly help: boolean;
}

/** More would only take turns on one machine. */
const MOST_REPLICAS = 20;

/** @throws StopReason that names the option and what it takes */
export function readOptions(args: readonly string[], env: NodeJS.ProcessEnv): Options {
  const { values } = parse(args);
  if (values.data === '') throw wrong('--data takes a folder');
  return {
    port: portOf(values.port ?? env['PORT'] ?? '3000', values.port === undefined ? 'PORT' : '--port'),
    dataDir: resolve(values.data ?? '.data/stack'),
    replicas: replicasOf(values.replicas ?? ''),
    yes: values.yes === true,
    down: values.down === true,
    help: values.help === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string' },
        data: { type: 'string' },
        replicas: { type: 'string' },
        yes: { type: 'boolean', short: 'y' },
        down: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw wrong((error as Error).message.split(/\. To |\n/)[0] ?? 'wrong options');
  }
}

function replicasOf(text: string): Map<ServiceName, number> {
  const replicas = new Map(SERVICES.map((service) => [service, 1]));
  for (const part of text.split(',').filter((one) => one !== '')) {
    const [, name, count] = /^\s*([a-z]+)=(\d{1,3})\s*$/.exec(part) ?? [];
    const service = SERVICES.find((one) => one === name);
    if (!service || Number(count) < 1 || Number(count) > MOST_REPLICAS) {
      throw wrong(`--replicas takes a list such as intake=2,refurbishment=3 (of ${SERVICES.join(', ')}; 1 to ${MOST_REPLICAS} of each), not "${part}"`);
    }
    replicas.set(service, Number(count));
  }
  return replicas;
}

function portOf(text: string, name: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw wrong(`${name} takes a number from 0 to 65535, not "${text}"`);
  return port;
}

function wrong(message: string): StopReason {
  return new StopReason(STATUS.usage, `${message}: see npm run stack -- --help`);
}
