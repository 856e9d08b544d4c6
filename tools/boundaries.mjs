/** Checks who imports whom; and that each rule refuses the file in tools/canary that breaks it, so that none can rot. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { commandLine } from './command-line.mjs';
import { run } from './fail.mjs';
import { pinnedNode, root } from './workspace.mjs';

const config = join(root, '.dependency-cruiser.cjs');
const program = join(root, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');

function cruise(folder) {
  const { stdout, stderr } = spawnSync(pinnedNode(), [program, 'libs', 'apps', '--config', config, '--output-type', 'json'], { cwd: folder, encoding: 'utf8', maxBuffer: 100_000_000 });
  if (stdout === '') throw new Error(`dependency-cruiser: ${stderr}`);
  return JSON.parse(stdout).summary;
}

await run(() => {
  if (!commandLine('usage: node tools/boundaries.mjs\nChecks who imports whom, and that each rule refuses the file in tools/canary that breaks it.')) return 0;
  const rules = createRequire(import.meta.url)(config).forbidden.map((rule) => rule.name);
  const refused = cruise(join(root, 'tools/canary')).violations.map(({ rule, from }) => `${rule.name} ${basename(from, '.ts')}`);
  const asleep = rules.filter((rule) => !refused.includes(`${rule} ${rule}`));
  for (const rule of asleep) console.error(`the rule ${rule} accepts tools/canary/**/${rule}.ts, which breaks it`);
  const { violations, totalCruised } = cruise(root);
  for (const { rule, from, to } of violations) console.error(`${rule.name}: ${from} imports ${to}`);
  console.log(`${totalCruised} files, ${rules.length} rules: ${violations.length} violations, ${asleep.length} rules that do not fire`);
  return violations.length + asleep.length > 0 ? 1 : 0;
});
