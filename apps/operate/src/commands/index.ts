import { demonstration } from './demonstration.js';
import { migrate } from './migrate.js';
import { replay } from './replay.js';
import { republish } from './republish.js';
import { topics } from './topics.js';
import type { Command } from './command.js';

export { Usage } from './command.js';

/** What operations do by hand or in a job, by name. */
export const COMMANDS: ReadonlyMap<string, Command> = new Map([
  ['migrate', migrate], ['topics', topics], ['republish', republish], ['replay', replay], ['demonstration', demonstration],
]);
