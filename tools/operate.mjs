/** `npm run operate`: what operations do by hand, or in a job of the cluster. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './fail.mjs';
import { launch } from './launch.mjs';
import { root } from './workspace.mjs';

const args = process.argv.slice(2);

await run(() => {
  if (!args.includes('--help') && !args.includes('-h')) return launch('apps/operate/dist/main.js', args);
  process.stdout.write(readFileSync(join(root, 'apps/operate/help.txt'), 'utf8'));
  return 0;
});
