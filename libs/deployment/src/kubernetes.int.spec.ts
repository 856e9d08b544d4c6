import { SERVICES } from '@lacollecte/contracts';
import { Environment } from '@lacollecte/runtime';
import { createTestDatabase } from '@lacollecte/testing';
import { stages } from './dockerfile.js';
import { kubernetesProcesses, type Manifest, noRenderer, render } from './kubernetes.js';
import { environmentProblems } from './process.js';
import { manifestProblems } from './schemas.js';

const image = stages();
const { PORT, METRICS_PORT } = image.get('process')!.environment as Record<'PORT' | 'METRICS_PORT', string>;

// Where it can't be had it is said and counts as skipped; in continuous integration that is a failure.
const rendered = noRenderer && !process.env['CI'] ? describe.skip : describe;

rendered.each(['production', 'one-machine'])('k8s/overlays/%s', (overlay) => {
  let manifests: Manifest[];
  const ours = () => kubernetesProcesses(manifests);
  const services = () => ours().filter(({ target }) => SERVICES.some((name) => name === target));
  const deployments = () => ours().filter(({ manifest }) => manifest.kind === 'Deployment');
  const ofKind = (kind: string) => manifests.filter((manifest) => manifest.kind === kind);
  const pods = () => manifests.filter(({ spec }) => spec?.template?.spec).map(({ metadata, spec }) => ({ name: metadata.name, ...spec.template.spec }));

  beforeAll(() => {
    manifests = render(overlay);
  });

  it('is what Kubernetes knows', () => {
    expect(manifests.flatMap((manifest) => manifestProblems(manifest).map((problem) => `${manifest.kind} ${manifest.metadata.name}${problem}`))).toEqual([]);
  });

  it('runs every process, and the commands of a new version as jobs', () => {
    expect(deployments().map(({ name, target }) => [name, target]).sort()).toEqual([...SERVICES, 'gateway'].map((name) => [`lacollecte-${name}`, name]).sort());
    expect(ours().filter(({ manifest }) => manifest.kind === 'Job').map(({ name, target, args }) => [name, target, args]).sort()).toEqual([
      ['lacollecte-migrate', 'operate', ['migrate']], ['lacollecte-topics', 'operate', ['topics']],
    ]);
  });

  it('gives every service what it reads, and nothing that nobody reads', () => {
    for (const { name, target, environment } of services()) {
      expect([name, environmentProblems(Environment, { ...image.get(target)!.environment, ...environment })]).toEqual([name, []]);
    }
  });

  it('takes every address with a password in it from a secret, each process from its own', () => {
    for (const { name, container } of ours()) {
      const secret = ['migrate', 'topics'].includes(container.args?.[0] ?? '') ? 'lacollecte-operations' : name;
      for (const { name: variable, value, valueFrom } of container.env ?? []) {
        if (value !== undefined) expect([variable, value]).toEqual([variable, expect.stringMatching(/^http:\/\/lacollecte-\w+:3000$/)]);
        else if (!valueFrom!.configMapKeyRef) expect(valueFrom!.secretKeyRef).toMatchObject({ name: secret, key: variable });
        if (/(DATABASE|WORKER|OWNER|APP|ADMIN|TRANSPORT|QUEUES)_URL$/.test(variable)) expect([variable, valueFrom?.secretKeyRef]).toEqual([variable, expect.anything()]);
      }
    }
    expect(ofKind('Secret')).toEqual([]);
  });

  it('keeps pods within the restricted standard, and the namespace says so', () => {
    expect(ofKind('Namespace')).toMatchObject([{ metadata: { name: 'lacollecte', labels: { 'pod-security.kubernetes.io/enforce': 'restricted' } } }]);
    for (const { name, securityContext, containers } of pods()) {
      expect([name, securityContext]).toEqual([name, expect.objectContaining({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } })]);
      for (const container of containers) expect([name, container.securityContext]).toEqual([name, expect.objectContaining({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } })]);
    }
    for (const { name, manifest, container } of ours()) {
      const { securityContext, volumes } = manifest.spec.template.spec;
      expect([name, `${securityContext.runAsUser}`]).toEqual([name, '1000']);
      expect([name, container.securityContext.readOnlyRootFilesystem]).toEqual([name, true]);
      const tmp = container.volumeMounts.find(({ mountPath }) => mountPath === '/tmp');
      expect([name, volumes.find((volume) => volume.name === tmp?.name)?.emptyDir]).toEqual([name, expect.anything()]);
    }
  });

  it('asks each process on its ports', () => {
    for (const { name, container } of deployments()) {
      expect([name, container.ports]).toEqual([name, [{ name: 'http', containerPort: Number(PORT) }, { name: 'metrics', containerPort: Number(METRICS_PORT) }]]);
      const probes = [container.startupProbe, container.livenessProbe, container.readinessProbe].map((probe) => probe?.httpGet);
      expect([name, probes]).toEqual([name, ['/live', '/live', '/ready'].map((path) => ({ path, port: 'metrics' }))]);
    }
    expect(Environment.shape.METRICS_PORT.parse(undefined)).toBe(Number(METRICS_PORT));
  });

  it('says what each process needs, and how much it may have', () => {
    for (const { name, containers } of pods()) {
      for (const { resources } of containers) expect([name, resources]).toEqual([name, { requests: { cpu: expect.anything(), memory: expect.anything() }, limits: { memory: expect.anything() } }]);
    }
  });

  it('waits, when it stops a service, for longer than any statement of a job may take', async () => {
    const database = await createTestDatabase('intake', []);
    const { ms } = (await database.worker((tx) => tx.one<{ ms: number }>(`select setting::int as ms from pg_settings where name = 'statement_timeout'`)))!;
    await database.close();
    for (const { name, manifest } of deployments()) expect([name, manifest.spec.template.spec.terminationGracePeriodSeconds! > ms / 1000 + 5]).toEqual([name, true]);
  });

  it('has for each process a Service, and a budget of disruptions, that find its pods', () => {
    for (const { name, manifest } of deployments()) {
      const labels = manifest.spec.template.metadata.labels;
      const finds = (selector: Record<string, string>) => Object.entries(selector).every(([key, value]) => labels[key] === value) && 'app.kubernetes.io/name' in selector;
      const service = ofKind('Service').find(({ metadata }) => metadata.name === name)!.spec as unknown as { selector: Record<string, string>; ports: object[] };
      expect([name, finds(service.selector), service.ports]).toEqual([name, true, [{ name: 'http', port: 3000, targetPort: 'http' }]]);
      const budget = ofKind('PodDisruptionBudget').find(({ metadata }) => metadata.name === name)!.spec as unknown as { selector: { matchLabels: Record<string, string> }; maxUnavailable: number };
      expect([name, finds(budget.selector.matchLabels), budget.maxUnavailable]).toEqual([name, true, 1]);
    }
  });

  it('lets nothing in that is not named', () => {
    expect(ofKind('NetworkPolicy').map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(['lacollecte-closed', 'lacollecte-gateway', 'lacollecte-services', 'lacollecte-metrics']));
    expect(new Set(manifests.filter(({ kind }) => kind !== 'Namespace').map(({ metadata }) => metadata.namespace))).toEqual(new Set(['lacollecte']));
  });

  it(overlay === 'production' ? 'grows and shrinks with its load, behind an entrance with TLS' : 'runs one of each, with its servers', () => {
    if (overlay === 'production') {
      const scaled = ofKind('HorizontalPodAutoscaler').map(({ spec }) => (spec['scaleTargetRef'] as { name: string }).name);
      expect(scaled.sort()).toEqual(deployments().map(({ name }) => name).sort());
      expect(ofKind('Ingress')).toMatchObject([{ spec: { tls: [{ secretName: 'lacollecte-tls' }] } }]);
    } else {
      expect([ofKind('HorizontalPodAutoscaler'), ...new Set(deployments().map(({ manifest }) => manifest.spec.replicas))]).toEqual([[], 1]);
      expect(ofKind('StatefulSet').map(({ metadata }) => metadata.name).sort()).toEqual(['kafka', 'keycloak', 'postgres', 'redis']);
    }
  });
});

it('finds fault with a manifest that is wrong', () => {
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'a', image: 'b', livenesProbe: { httpGet: { port: 1 } } }] } } } };
  expect(manifestProblems(deployment as never)).toEqual(['/spec/template/spec/containers/0/livenesProbe: no such field', expect.anything(), expect.anything()]);
  expect(manifestProblems({ ...deployment, spec: { template: {} } } as never)).toEqual([expect.stringContaining('selector')]);
  expect(manifestProblems({ ...deployment, kind: 'Deploiment' } as never)).toEqual(['apps/v1 Deploiment is not known']);
});
