/** `npm test`: everything that must hold, from a fresh clone. `npm test -- libs/intake` runs only the tests whose path contains that. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from './build.mjs';
import { commandLine } from './command-line.mjs';
import { run } from './fail.mjs';
import { install } from './install.mjs';
import { environment, pinnedNode, root } from './workspace.mjs';

const RESULTS = join(root, '.nx/test-results');
const DOCS = join(root, 'tools/generate-docs.mjs');
const HELP = `usage: npm test [-- part of a path …]
Runs everything that must hold: build, lint, boundaries, type check, documents, tests. With parts of paths: only the tests whose path contains one.`;
let selected = [];

const failures = [];
const skipped = [];
let passed = 0;

await run(async () => {
  const asked = commandLine(HELP, { words: true });
  if (!asked) return 0;
  selected = asked.positionals;
  await install();
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  if (selected.length > 0) someTests();
  else everything();
  return summary();
});

function everything() {
  const nx = (target, ...more) => ['node_modules/nx/dist/bin/nx.js', 'run-many', '-t', target, '--outputStyle=stream-without-prefixes', ...more];
  check('build', () => build() ?? true);
  check('lint', () => node(nx('lint')));
  check('boundaries', () => node(nx('boundaries')));
  check('type check', () => node(nx('typecheck')));
  if (existsSync(DOCS)) check('documentation is up to date', () => node([DOCS, '--check']));
  // One project after the other: each has its own PostgreSQL and two workers.
  tests(() => node(nx('test', '--parallel=1')));
}

function someTests() {
  const jest = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning', 'node_modules/jest/bin/jest.js', ...selected, '--json', '--outputFile=.nx/test-results/selected.json'];
  tests(() => node(jest));
}

/** One thing that holds or does not. */
function check(name, holds) {
  if (step(name, holds)) passed++;
  else failures.push(name);
}

function tests(runs) {
  const all = step('tests', runs);
  const before = failures.length;
  for (const file of readdirSync(RESULTS)) collect(JSON.parse(readFileSync(join(RESULTS, file), 'utf8')));
  if (!all && failures.length === before) failures.push('tests (a run ended before it could say how)');
}

function step(name, work) {
  console.log(`\n── ${name}`);
  const start = performance.now();
  let good = false;
  try {
    good = work();
  } catch (error) {
    console.error(error.message);
  }
  console.log(`── ${name}: ${good ? 'passed' : 'FAILED'} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  return good;
}

function node(args) {
  return spawnSync(pinnedNode(), args, { cwd: root, stdio: 'inherit', env: environment() }).status === 0;
}

function collect({ testResults }) {
  for (const { name, status, message, assertionResults } of testResults) {
    const file = relative(root, name);
    if (status === 'failed' && !assertionResults.some((test) => test.status === 'failed')) failures.push(`${file}: ${message.trim().split('\n')[0]}`);
    for (const test of assertionResults) {
      if (test.status === 'passed') passed++;
      else if (test.status === 'failed') failures.push(`${file}: ${test.fullName}`);
      else skipped.push(`${file}: ${test.fullName} (marked ${test.status} in its file)`);
    }
  }
}

function summary() {
  console.log('\n── summary');
  for (const failure of failures) console.log(`failed   ${failure}`);
  for (const skip of skipped) console.log(`skipped  ${skip}`);
  if (passed + failures.length === 0) failures.push('no test was found');
  console.log(`${passed} passed, ${failures.length} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`);
  return failures.length > 0 ? 1 : 0;
}
