/** `npm run test:crash`: kills services for real and looks for what was lost or done twice. */
import { run } from './fail.mjs';
import { launch } from './launch.mjs';

await run(() => launch('apps/crash/dist/main.js', process.argv.slice(2)));
