import { brokerFaults } from './broker.js';
import { crowdFaults } from './crowd.js';
import { type Fault, together } from './fault.js';
import { gatewayKilled } from './gateway.js';
import { killAt, kills } from './kills.js';
import { messageFaults } from './messages.js';
import { poisonFaults } from './poison.js';
import { postgresFaults } from './postgres.js';
import { processFaults } from './processes.js';
import { redisFaults } from './redis.js';

/** Everything that is done to the system, in the order in which it is done. */
export const FAULTS: readonly Fault[] = [...kills, gatewayKilled, ...brokerFaults, ...postgresFaults, ...redisFaults, ...processFaults, ...messageFaults, ...poisonFaults, ...crowdFaults];

/** What `npm test` does: a death at each side of what must not be lost, and what happens every week. */
export const COMMON: readonly Fault[] = [
  together('five die at once', [
    gatewayKilled,
    killAt('http-after-commit', 'intake'), killAt('relay-after-publish', 'refurbishment'), killAt('consumer-after-commit', 'inventory'), killAt('job-after-effect', 'matching'),
  ]),
  ...FAULTS.filter(({ name }) => ['broker stopped and started', 'poisoned messages', 'every message delivered 1–5 times', '50 requests for the last item'].includes(name)),
];
