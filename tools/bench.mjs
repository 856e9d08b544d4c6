/** `npm run bench [-- [--stack | --console] name …]`: measures ratios; docs/benchmarks.md has the last figures. */
import { commandLine } from './command-line.mjs';
import { run } from './fail.mjs';
import { launch } from './launch.mjs';

const HELP = `usage: npm run bench [-- relay | consumer | scan | ingest | pipeline | memory …]
       npm run bench -- --stack [relay | consumer | pipeline | latency | recovery | growth …]
       npm run bench -- --console [vitals | scan | lot | operations | traceability …]
Measures all, or what is named, on servers of its own, and prints one line a figure: a ratio, what it is of, and what is aimed at.
--stack measures the distributed form, on Kafka, Redis and PostgreSQL;
--console what people see in a browser (Chromium), with 50,000 devices in the system.
docs/benchmarks.md has the last figures, and says what each means.`;

await run(() => {
  const asked = commandLine(HELP, { words: true, options: { stack: { type: 'boolean' }, console: { type: 'boolean' } } });
  if (!asked) return 0;
  const forms = ['stack', 'console'].filter((form) => asked.values[form]).map((form) => `--${form}`);
  return launch('apps/bench/dist/main.js', [...forms, ...asked.positionals]);
});
