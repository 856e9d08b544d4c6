import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const tool = (name: string, ...args: string[]) => spawnSync(process.execPath, [`tools/${name}.mjs`, ...args], { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
const TOOLS = ['bench', 'boundaries', 'build', 'crash', 'faults', 'generate-docs', 'install', 'test', 'token'];
/** Their help is that of the program that they start, which refuses what it does not know by itself. */
const PROGRAMS = ['check', 'demo', 'operate', 'stack', 'start'];

it('every command of package.json that runs a tool of ours is looked at here', () => {
  const { scripts } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { scripts: Record<string, string> };
  const named = Object.values(scripts).flatMap((script) => [...script.matchAll(/tools\/([\w-]+)\.mjs/g)].map(([, name]) => name));
  expect([...new Set(named.filter((name) => !TOOLS.includes(name!)))].sort()).toEqual(PROGRAMS);
});

it.each([...TOOLS, ...PROGRAMS])('%s says what it does when it is asked, and does nothing else', (name) => {
  for (const flag of ['--help', '-h']) {
    const { status, stdout, stderr } = tool(name, flag);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/(npm (start|test|run)|node tools)/);
  }
});

it.each(TOOLS)('%s refuses what it does not know, in one line', (name) => {
  const { status, stdout, stderr } = tool(name, '--no-such-option');
  expect({ status, stdout, stderr }).toEqual({ status: 2, stdout: '', stderr: "Unknown option '--no-such-option': see --help\n" });
});
