/** `npm run test:crash`: kills services for real and looks for what was lost or done twice. */
import { commandLine } from './command-line.mjs';
import { run } from './fail.mjs';
import { launch } from './launch.mjs';

const HELP = `usage: npm run test:crash -- [--runs 1] [--seed <number>] [--point <point> …] [--service <service> …]
Starts the services on a PostgreSQL of their own, and in each run kills one at every crash point; then looks for what was lost or done twice.
--runs     how many times
--seed     which service is struck and when follows from it; printed, so that a run can be repeated
--point    only this point; may be given more than once. A wrong one is answered with all there are
--service  only this service; may be given more than once
Exit status: 0 nothing lost or done twice, 1 something was or a point did not strike.`;
const text = { type: 'string' };
const texts = { type: 'string', multiple: true };

await run(() => (commandLine(HELP, { options: { runs: text, seed: text, point: texts, service: texts } }) ? launch('apps/crash/dist/main.js', process.argv.slice(2)) : 0));
