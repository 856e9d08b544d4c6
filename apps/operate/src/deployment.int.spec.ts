import { SERVICES } from '@lacollecte/contracts';
import { composeProcesses, kubernetesProcesses, noRenderer, type Process, render, withoutRenderer } from '@lacollecte/deployment';
import { COMMANDS } from './commands/index.js';
import { variableOf } from './commands/migrate.js';

/** What each command that a deployment runs asks its environment for. */
const ASKED: Record<string, readonly string[]> = {
  migrate: ['POSTGRES_ADMIN_URL', ...[...SERVICES, 'gateway'].flatMap((service) => (['owner', 'app', 'worker'] as const).map((role) => variableOf(service, role)))],
  topics: ['TRANSPORT_URL'],
  demonstration: [variableOf('directory', 'worker')],
};
const commands = (processes: readonly Process[]) => processes.filter(({ target }) => target === 'operate');
const rendered = noRenderer && !process.env['CI'] ? describe.skip : describe;

function expectCommands(processes: readonly Process[], names: readonly string[]): void {
  expect(processes.map(({ args }) => args)).toEqual(names.map((name) => [name]));
  for (const { args: [name = ''], environment } of processes) {
    expect(COMMANDS.has(name)).toBe(true);
    expect([name, Object.keys(environment).sort()]).toEqual([name, [...ASKED[name]!].sort()]);
  }
}

it('runs in docker-compose.yml commands that there are, with what they ask for', () => {
  expectCommands(commands(composeProcesses()), ['migrate', 'topics', 'demonstration']);
});

it('gives each role the same password in migrate as in the service that signs in with it', () => {
  const processes = composeProcesses();
  const { environment: migrate } = processes.find(({ name }) => name === 'migrate')!;
  for (const service of SERVICES) {
    const { environment } = processes.find(({ name }) => name === service)!;
    expect([environment['DATABASE_URL'], environment['DATABASE_WORKER_URL']]).toEqual([migrate[variableOf(service, 'app')], migrate[variableOf(service, 'worker')]]);
  }
  expect(processes.find(({ name }) => name === 'gateway')!.environment['DATABASE_URL']).toBe(migrate[variableOf('gateway', 'app')]);
});

rendered(`k8s${withoutRenderer}`, () => {
  it.each(['production', 'one-machine'])('runs in k8s/overlays/%s commands that there are, with what they ask for', (overlay) => {
    expectCommands(commands(kubernetesProcesses(render(overlay))), [...(overlay === 'one-machine' ? ['demonstration'] : []), 'migrate', 'topics']);
  });
});

it.each(['migrate', 'topics', 'demonstration'])('%s says so when any variable of these is missing', async (name) => {
  for (const missing of ASKED[name]!.slice(0, 4)) {
    const given = Object.fromEntries(ASKED[name]!.filter((variable) => variable !== missing).map((variable) => [variable, 'postgres://nobody:nothing@127.0.0.1:1/nowhere']));
    await expect(COMMANDS.get(name)!([], given, () => undefined)).rejects.toThrow(missing);
  }
});
