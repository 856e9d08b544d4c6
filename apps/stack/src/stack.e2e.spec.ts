import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { identityOf, kafkaJars, notHere, run } from '@lacollecte/servers';
import { eventually } from '@lacollecte/testing';
import { dockerRuns } from './docker.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Two starts of eleven processes, on a machine that does much else. */
const LONG_MS = 600_000;
/** Of its own, whatever the machine has. */
const environment: NodeJS.ProcessEnv = { ...process.env, NODE_OPTIONS: '', TRANSPORT_URL: '', QUEUES_URL: '', POSTGRES_ADMIN_URL: '' };

const reason = (await dockerRuns()) ? null : await notHere(kafkaJars, () => run('redis-server', ['--version']));
if (reason !== null) it.todo(`runs the system where it can be had: ${reason}`);

let folder: string;
let data: string;
const stacks: Run[] = [];

interface Run {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  said(): string;
}

function program(app: string, args: readonly string[]): Run {
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, `apps/${app}/dist/main.js`), ...args], { cwd: folder, env: environment });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  return { child, ended: once(child, 'close').then(([code]) => code as number | null), said: () => said };
}

/** Up and ready. */
async function stack(): Promise<Run> {
  const one = program('stack', ['--port', '0', '--data', data, '--replicas', 'intake=2']);
  stacks.push(one);
  const over = one.ended.then((status) => {
    throw new Error(`the stack has ended (${status}): ${one.said()}`);
  });
  over.catch(() => undefined);
  await Promise.race([eventually(() => one.said().includes('LaCollecte is ready'), { what: 'the stack is ready', timeoutMs: LONG_MS }), over]);
  return one;
}

interface Started {
  readonly name: string;
  readonly pid: number;
  readonly identity: string;
}

const started = (): Started[] => JSON.parse(readFileSync(join(data, 'processes.json'), 'utf8')) as Started[];
const living = (ones: readonly Started[]): string[] => ones.filter(({ pid, identity }) => identityOf(pid) === identity).map(({ name }) => name);

beforeAll(async () => {
  // What is started is the built programs. Quick where nothing has changed.
  const built = spawnSync(process.execPath, ['tools/build.mjs'], { cwd: root, encoding: 'utf8', env: environment });
  if (built.status !== 0) throw new Error(`${built.stdout}${built.stderr}`);
  folder = await mkdtemp(join(tmpdir(), 'stack-'));
  data = join(folder, 'data', 'stack');
}, LONG_MS);
afterAll(async () => {
  for (const { child } of stacks) child.kill('SIGKILL');
  if (stacks.length > 0) await program('stack', ['--down', '--data', data]).ended;
  await rm(folder, { recursive: true, force: true });
}, LONG_MS);

const HEADER = 'Catégorie;Marque;Modèle;N° de série;Quantité;État';
const laptop = (i: number): string => `Ordinateur portable;Dell;Latitude 5490;SN${1000 + i};1;Bon`;

if (reason === null)
  it('runs, survives, carries a list to its end, and leaves nothing running', async () => {
    const first = await stack();
    const names = ['directory', 'dispatch', 'gateway', 'intake-1', 'intake-2', 'inventory', 'matching', 'refurbishment', 'traceability', 'Redis', 'Kafka', 'PostgreSQL'];
    expect(living(started()).toSorted()).toEqual(names.toSorted());
    for (const [, metrics] of first.said().matchAll(/metrics (http\S+)\/metrics/g)) expect((await fetch(`${metrics}/ready`)).status).toBe(200);

    const second = program('stack', ['--port', '0', '--data', data]);
    expect({ status: await second.ended, said: second.said() }).toMatchObject({ status: 13, said: expect.stringMatching(/in use by another run/) });

    process.kill(started().find(({ name }) => name === 'intake-1')!.pid, 'SIGKILL');
    await eventually(() => first.said().includes('intake-1 runs again'), { what: 'intake-1 is started again', timeoutMs: LONG_MS });
    const before = started();
    expect(living(before)).toHaveLength(names.length);
    first.child.kill('SIGKILL');
    await first.ended;
    expect(living(before)).toHaveLength(names.length);

    // What the first has left is ended, and its data goes on.
    const again = await stack();
    expect(again.said()).toContain('Ended what an earlier run had left:');
    expect(living(before)).toEqual([]);
    const list = join(folder, 'list.csv');
    await writeFile(list, `${[HEADER, ...Array.from({ length: 8 }, (_, i) => laptop(i))].join('\r\n')}\r\n`);
    const demo = program('demo', [list, '--data', join(data, '..')]);
    expect({ status: await demo.ended, said: demo.said() }).toMatchObject({ status: 0, said: expect.stringMatching(/All \d+ invariants hold, over the API and in the databases/) });
    const check = program('check', ['--settled', '--allow-empty', '--data', join(data, '..')]);
    expect({ status: await check.ended, said: check.said() }).toMatchObject({ status: 0 });

    const running = started();
    const down = program('stack', ['--down', '--data', data]);
    expect({ status: await down.ended, said: down.said() }).toMatchObject({ status: 0, said: expect.stringContaining('Nothing runs on') });
    expect(await again.ended).toBe(0);
    expect(living(running)).toEqual([]);
  }, LONG_MS);
