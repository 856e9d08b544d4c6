import { parseArgs } from 'node:util';
import { SERVICES } from '@lacollecte/contracts';
import { NO_CAUSE, Pool, SYSTEM } from '@lacollecte/database';
import { type Command, required, Usage } from './command.js';
import { variableOf } from './migrate.js';

/**
 * Sends a range of a service's outbox again: it is marked as not yet sent, and the service's relay, which goes by these marks,
 * does the rest. Who has applied an event already passes over it.
 */
export const republish: Command = async (args, env, say) => {
  const { service, from, to } = options(args);
  const pool = await Pool.open(required(env, variableOf(service, 'worker')), { max: 1, name: 'republish' });
  try {
    const marked = await pool.transaction(SYSTEM, NO_CAUSE, (tx) =>
      tx.execute('insert into outbox_pending (position) select position from outbox where position between $1 and $2 on conflict do nothing', [from, to]),
    );
    say(`${service}: ${marked} events from position ${from} to ${to} will be sent again`);
  } finally {
    await pool.close();
  }
};

function options(args: readonly string[]): { service: string; from: string; to: string } {
  const { values } = parse(args);
  const { service, from, to } = values;
  if (!SERVICES.some((name) => name === service)) throw new Usage(`--service: one of ${SERVICES.join(', ')}`);
  if (![from, to].every((position) => /^\d{1,18}$/.test(position ?? ''))) throw new Usage('--from and --to: positions of the outbox, whole numbers');
  return { service: service!, from: from!, to: to! };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: { service: { type: 'string' }, from: { type: 'string' }, to: { type: 'string' } } });
  } catch (error) {
    throw new Usage((error as Error).message);
  }
}
