import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { SERVICES } from '@lacollecte/contracts';
import { Environment } from '@lacollecte/runtime';
import { createTestDatabase } from '@lacollecte/testing';
import { parseAllDocuments } from 'yaml';
import { stages } from './dockerfile.js';
import { kubernetesProcesses, type Manifest, noRenderer, render, withoutRenderer } from './kubernetes.js';
import { environmentProblems, read, ROOT } from './process.js';
import { manifestProblems } from './schemas.js';

const image = stages();
const { PORT, METRICS_PORT } = image.get('process')!.environment as Record<'PORT' | 'METRICS_PORT', string>;

// Where it can't be had it is said and counts as skipped; in continuous integration that is a failure.
const rendered = noRenderer && !process.env['CI'] ? describe.skip : describe;

rendered.each(['production', 'one-machine'])(`k8s/overlays/%s${withoutRenderer}`, (overlay) => {
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
    const jobs = [...(overlay === 'one-machine' ? ['demonstration'] : []), 'migrate', 'topics'];
    expect(ours().filter(({ manifest }) => manifest.kind === 'Job').map(({ name, target, args }) => [name, target, args]).sort()).toEqual(jobs.map((job) => [`lacollecte-${job}`, 'operate', [job]]));
    const { version } = JSON.parse(read('package.json')) as { version: string };
    for (const { container, target } of ours()) expect(container.image).toMatch(new RegExp(`(^|/)lacollecte/${target}:${version}$`));
  });

  it('gives every service what it reads, and nothing that nobody reads', () => {
    for (const { name, target, environment } of services()) {
      expect([name, environmentProblems(Environment, { ...image.get(target)!.environment, ...environment })]).toEqual([name, []]);
    }
  });

  it('takes every secret, and every address with a password in it, from a secret, each process from its own', () => {
    for (const { name, target, container } of ours()) {
      const secret = target === 'operate' ? 'lacollecte-operations' : name;
      const sources = (container.env ?? []).map(({ name: variable, value, valueFrom }) => [variable, value?.replace(/^http:\/\/lacollecte-\w+:3000$/, 'service') ?? valueFrom!.secretKeyRef ?? 'settings']);
      const expected = sources.map(([variable]) => {
        if ((variable as string).startsWith('UPSTREAM_')) return [variable, 'service'];
        return [variable, /(DATABASE|WORKER|OWNER|APP|ADMIN|TRANSPORT|QUEUES)_URL$|SECRET$/.test(variable as string) ? { name: secret, key: variable } : 'settings'];
      });
      expect([name, sources]).toEqual([name, expected]);
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

  it('is as large as its place asks for', () => {
    expect({
      scaled: ofKind('HorizontalPodAutoscaler').map(({ spec }) => (spec['scaleTargetRef'] as { name: string }).name).sort(),
      replicas: [...new Set(deployments().map(({ manifest }) => manifest.spec.replicas))],
      entrances: ofKind('Ingress').map(({ spec }) => spec['tls']),
      servers: ofKind('StatefulSet').map(({ metadata }) => metadata.name).sort(),
    }).toEqual({
      production: { scaled: deployments().map(({ name }) => name).sort(), replicas: [2], entrances: [[expect.objectContaining({ secretName: 'lacollecte-tls' })]], servers: [] },
      'one-machine': { scaled: [], replicas: [1], entrances: [], servers: ['kafka', 'keycloak', 'postgres', 'redis'] },
    }[overlay]);
  });
});

rendered(`the secrets of one machine${withoutRenderer}`, () => {
  it('have every key of every secret that is asked for, and no other', () => {
    const pods = render('one-machine').filter(({ spec }) => spec?.template?.spec).flatMap(({ spec }) => spec.template.spec.containers);
    const asked = pods.flatMap(({ env = [] }) => env.flatMap(({ valueFrom }) => (valueFrom?.secretKeyRef ? [`${valueFrom.secretKeyRef.name} ${valueFrom.secretKeyRef.key}`] : [])));
    const printed = parseAllDocuments(execFileSync(join(ROOT, 'k8s/overlays/one-machine/secrets.sh'), { encoding: 'utf8' })).map((document) => document.toJS() as Manifest | null);
    const given = printed.flatMap((secret) => Object.keys(secret?.data ?? {}).map((key) => `${secret!.metadata.name} ${key}`));
    expect(given.sort()).toEqual([...new Set(asked)].sort());
  });
});

it('finds fault with a manifest that is wrong', () => {
  const deployment = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a' }, spec: { selector: { matchLabels: { a: 'b' } }, template: { metadata: { labels: { a: 'b' } }, spec: { containers: [{ name: 'a', image: 'b', livenesProbe: { httpGet: { port: 1 } } }] } } } };
  expect(manifestProblems(deployment as never)).toEqual(['/spec/template/spec/containers/0/livenesProbe: no such field', expect.anything(), expect.anything()]);
  expect(manifestProblems({ ...deployment, spec: { template: {} } } as never)).toEqual([expect.stringContaining('selector')]);
  expect(manifestProblems({ ...deployment, kind: 'Deploiment' } as never)).toEqual(['apps/v1 Deploiment is not known']);
});
