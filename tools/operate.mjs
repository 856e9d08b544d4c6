/** `npm run operate`: what operations do by hand, or in a job of the cluster. */
import { run } from './fail.mjs';
import { launch } from './launch.mjs';

await run(() => launch('apps/operate/dist/main.js', process.argv.slice(2)));
