/** `npm run test:faults`: does to the distributed system what machines and networks do, and looks for what was lost or done twice. */
import { run } from './fail.mjs';
import { launch } from './launch.mjs';

await run(() => launch('apps/crash/dist/faults/main.js', process.argv.slice(2)));
