/** `npm run bench [-- name …]`: measures ratios; docs/benchmarks.md has the last figures. */
import { run } from './fail.mjs';
import { launch } from './launch.mjs';

await run(() => launch('apps/bench/dist/main.js', process.argv.slice(2)));
