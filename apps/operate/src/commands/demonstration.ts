import { NO_CAUSE, Pool, SYSTEM } from '@lacollecte/database';
import { seedDemonstration } from '@lacollecte/directory';
import { type Command, required, Usage } from './command.js';
import { variableOf } from './migrate.js';

/** Puts in the demonstration's people, organisations and sites, those that are not there. */
export const demonstration: Command = async (args, env, say) => {
  if (args.length > 0) throw new Usage(`${args[0]}: demonstration takes no arguments`);
  const pool = await Pool.open(required(env, variableOf('directory', 'worker')), { max: 1, name: 'demonstration' });
  try {
    await pool.transaction(SYSTEM, NO_CAUSE, seedDemonstration);
    say('demonstration accounts are there');
  } finally {
    await pool.close();
  }
};
