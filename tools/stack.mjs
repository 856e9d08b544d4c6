/** `npm run stack`: the distributed system on one machine, each service a process. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './fail.mjs';
import { launch } from './launch.mjs';
import { root } from './workspace.mjs';

const args = process.argv.slice(2);

await run(() => {
  if (!args.includes('--help') && !args.includes('-h')) return launch('apps/stack/dist/main.js', args);
  process.stdout.write(readFileSync(join(root, 'apps/stack/help.txt'), 'utf8'));
  return 0;
});
