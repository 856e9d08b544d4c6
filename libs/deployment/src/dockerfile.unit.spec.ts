import { SERVICES } from '@lacollecte/contracts';
import { last, stages } from './dockerfile.js';
import { read } from './process.js';

const TARGETS = [...SERVICES, 'gateway', 'operate'];
const all = stages();
const manifest = JSON.parse(read('package.json')) as { optionalDependencies: Record<string, string> };

it('has a target for every process, and starts its program', () => {
  for (const target of TARGETS) {
    expect([target, last(all.get(target)!, 'ENTRYPOINT')]).toEqual([target, JSON.stringify(['node', '--enable-source-maps', `apps/${target}/dist/main.js`]).replaceAll(',', ', ')]);
  }
});

it('copies into a target its own program and no other, and into the gateway the console as it was built', () => {
  for (const target of TARGETS) {
    const apps = all.get(target)!.instructions.filter(({ keyword, text }) => keyword === 'COPY' && text.includes(' /app/apps')).map(({ text }) => text);
    const page = target === 'gateway' ? ['--from=build /app/apps/console/dist apps/console/dist'] : [];
    expect(apps).toEqual([`--from=build /app/apps/${target} apps/${target}`, ...page]);
  }
});

it('builds on the Node that npm pins, by its exact version', () => {
  const pinned = new Set(Object.values(manifest.optionalDependencies));
  expect(pinned.size).toBe(1);
  expect(new Set([...all.values()].map(({ image }) => image))).toEqual(new Set([`node:${[...pinned][0]}-bookworm-slim`]));
});

it('runs as somebody else than root, said as a number', () => {
  for (const target of TARGETS) expect([target, last(all.get(target)!, 'USER')]).toEqual([target, expect.stringMatching(/^[1-9]\d*:[1-9]\d*$/)]);
});

it('asks every process that stays whether it lives', () => {
  const checks = new Map(TARGETS.map((target) => [target, last(all.get(target)!, 'HEALTHCHECK')]));
  expect(checks.get('operate')).toBe('NONE');
  checks.delete('operate');
  for (const [target, check] of checks) expect([target, check]).toEqual([target, expect.stringContaining(`http://127.0.0.1:' + process.env.METRICS_PORT + '/live'`)]);
});

it('takes packages from the lockfile alone, and none for development into a process', () => {
  for (const { instructions, name } of all.values()) {
    const npm = instructions.filter(({ keyword, text }) => keyword === 'RUN' && /\bnpm (ci|i|install|add)\b/.test(text));
    for (const { text } of npm) expect([name, text]).toEqual([name, expect.stringMatching(name === 'build' ? /^npm ci$/ : /^npm ci --omit=dev\b/)]);
  }
  const process = all.get('process')!;
  expect(process.instructions.filter(({ keyword }) => keyword === 'RUN')).toEqual([]);
  const packages = process.instructions.filter(({ keyword, text }) => keyword === 'COPY' && text.includes('node_modules'));
  expect(packages.map(({ text }) => text)).toEqual(['--from=dependencies /app/node_modules node_modules']);
  expect(all.get('dependencies')!.instructions.some(({ text }) => text.startsWith('npm ci --omit=dev'))).toBe(true);
});

it('says which ports are listened on', () => {
  const { PORT, METRICS_PORT } = all.get('process')!.environment;
  expect(last(all.get('process')!, 'EXPOSE')).toBe(`${PORT} ${METRICS_PORT}`);
});

it('gets from the build context what it copies and little else', () => {
  const allowed = read('.dockerignore').split('\n').filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  const copied = [...all.values()].flatMap(({ instructions }) => instructions.filter(({ keyword, text }) => keyword === 'COPY' && !text.includes('--from=')).flatMap(({ text }) => text.split(' ').slice(0, -1)));
  expect(new Set(allowed)).toEqual(new Set(copied));
});
