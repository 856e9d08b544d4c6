/** `npm run bench [-- name …]`: measures ratios; docs/benchmarks.md has the last figures. */
import { commandLine } from './command-line.mjs';
import { run } from './fail.mjs';
import { launch } from './launch.mjs';

const HELP = `usage: npm run bench [-- relay | consumer | scan | ingest | pipeline | memory …]
Measures all, or what is named, on a PostgreSQL of its own, and prints one line a figure: a ratio, what it is of, and what is aimed at.
docs/benchmarks.md has the last figures, and says what each means.`;

await run(() => {
  const asked = commandLine(HELP, { words: true });
  return asked ? launch('apps/bench/dist/main.js', asked.positionals) : 0;
});
