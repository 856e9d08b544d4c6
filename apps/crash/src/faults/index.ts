import { brokerFaults } from './broker.js';
import type { Fault } from './fault.js';
import { kills } from './kills.js';
import { postgresFaults } from './postgres.js';
import { processFaults } from './processes.js';
import { redisFaults } from './redis.js';

/** Everything that is done to the system, in the order in which it is done. */
export const FAULTS: readonly Fault[] = [...kills, ...brokerFaults, ...postgresFaults, ...redisFaults, ...processFaults];
