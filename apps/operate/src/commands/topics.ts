import { TOPIC_SPECS } from '@lacollecte/messaging';
import { createLog, transportOf } from '@lacollecte/runtime';
import { type Command, required, Usage } from './command.js';

/** Creates the topics of the contracts that are missing. One that exists keeps its partitions: keys would move. */
export const topics: Command = async (args, env, say) => {
  if (args.length > 0) throw new Usage(`${args[0]}: topics takes no arguments`);
  const transport = transportOf(required(env, 'TRANSPORT_URL'), createLog('warn'));
  try {
    await transport.ensureTopics(TOPIC_SPECS);
    say(`${TOPIC_SPECS.length} topics are there: ${TOPIC_SPECS.map(({ topic }) => topic).join(', ')}`);
  } finally {
    await transport.close();
  }
};
