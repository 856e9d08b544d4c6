import { SERVICES } from '@lacollecte/contracts';
import { composeFile, composeProcesses, environmentProblems, kubernetesProcesses, noRenderer, type Process, render, stages, withoutRenderer } from '@lacollecte/deployment';
import { Environment, upstreamVariable } from './environment.js';

const image = stages().get('gateway')!.environment;
const gateway = (processes: readonly Process[]) => ({ ...image, ...processes.find(({ target }) => target === 'gateway')!.environment });
const rendered = noRenderer && !process.env['CI'] ? describe.skip : describe;

it('gets in docker-compose.yml what it reads, and nothing that nobody reads', () => {
  const environment = gateway(composeProcesses());
  expect(environmentProblems(Environment, environment)).toEqual([]);
  for (const service of SERVICES) expect(environment[upstreamVariable(service)]).toBe(`http://${service}:3000`);
  expect(composeFile().services['gateway']!.ports).toEqual([`127.0.0.1:3000:${image['PORT']}`]);
});

rendered(`k8s${withoutRenderer}`, () => {
  it.each(['production', 'one-machine'])('gets in k8s/overlays/%s what it reads, and nothing that nobody reads', (overlay) => {
    const manifests = render(overlay);
    const environment = gateway(kubernetesProcesses(manifests));
    expect(environmentProblems(Environment, environment)).toEqual([]);
    const services = manifests.filter(({ kind }) => kind === 'Service').map(({ metadata }) => `http://${metadata.name}:3000`);
    for (const service of SERVICES) expect(services).toContain(environment[upstreamVariable(service)]);
  });
});
