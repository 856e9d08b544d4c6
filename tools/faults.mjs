/** `npm run test:faults`: does to the distributed system what machines and networks do, and looks for what was lost or done twice. */
import { commandLine } from './command-line.mjs';
import { run } from './fail.mjs';
import { launch } from './launch.mjs';

const HELP = `usage: npm run test:faults -- [--runs 1] [--seed <number>] [--only <fault>,…] [--at-once 1] [--json] [--add <file> …] [--write]
Starts Kafka, Redis, PostgreSQL, the services and the gateway, each a process; while people work, does each fault to them once a run; then looks for what
was lost or done twice. Needs Java 17, Maven and Redis.
--runs     how many times
--seed     what is struck and when follows from it; printed, so that a run can be repeated
--only     faults whose name has one of these in it; a wrong one is answered with all there are
--at-once  so many whole systems side by side, which share what is to be done: most of it is waiting. Each takes about 2 GB
--json     prints one object, of what was done until then also where it is interrupted; the lines go to standard error
--add      a file with what --json printed: it counts as if it had been done now; may be given more than once. With --runs 0 nothing else is done
--write    puts the table into docs/reliability.md
Exit status: 0 nothing lost or done twice, 1 something was or a fault did not strike.`;
const [text, flag] = [{ type: 'string' }, { type: 'boolean' }];

await run(() => (commandLine(HELP, { options: { runs: text, seed: text, only: text, 'at-once': text, add: { ...text, multiple: true }, json: flag, write: flag } }) ? launch('apps/crash/dist/faults/main.js', process.argv.slice(2)) : 0));
