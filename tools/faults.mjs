/** `npm run test:faults`: does to the distributed system what machines and networks do, and looks for what was lost or done twice. */
import { commandLine } from './command-line.mjs';
import { run } from './fail.mjs';
import { launch } from './launch.mjs';

const HELP = `usage: npm run test:faults -- [--runs 1] [--seed <number>] [--only <fault>,…] [--json] [--write]
Starts Kafka, Redis, PostgreSQL and the services, each a process; while people work, does each fault to them once a run; then looks for what
was lost or done twice. Needs Java 17, Maven and Redis.
--runs     how many times
--seed     what is struck and when follows from it; printed, so that a run can be repeated
--only     faults whose name has one of these in it; a wrong one is answered with all there are
--json     prints one object; the lines go to standard error
--write    puts the table into docs/reliability.md
Exit status: 0 nothing lost or done twice, 1 something was or a fault did not strike.`;
const [text, flag] = [{ type: 'string' }, { type: 'boolean' }];

await run(() => (commandLine(HELP, { options: { runs: text, seed: text, only: text, json: flag, write: flag } }) ? launch('apps/crash/dist/faults/main.js', process.argv.slice(2)) : 0));
