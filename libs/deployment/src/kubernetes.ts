import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { type Process, ROOT } from './process.js';

export interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string };
}
interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: Readonly<Record<'secretKeyRef' | 'configMapKeyRef', { readonly name: string; readonly key: string; readonly optional?: boolean } | undefined>>;
}
export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly env?: readonly EnvironmentVariable[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly resources: { readonly requests: Record<string, string>; readonly limits: Record<string, string> };
  readonly securityContext: { readonly allowPrivilegeEscalation: boolean; readonly readOnlyRootFilesystem: boolean; readonly capabilities: { readonly drop: string[] } };
  readonly startupProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}
export interface PodTemplate {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: {
    readonly terminationGracePeriodSeconds?: number;
    readonly securityContext: { readonly runAsNonRoot: boolean; readonly runAsUser: number; readonly seccompProfile: { readonly type: string } };
    readonly containers: readonly Container[];
    readonly volumes: readonly { readonly name: string; readonly emptyDir?: object }[];
  };
}
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly labels?: Readonly<Record<string, string>> };
  readonly data?: Readonly<Record<string, string>>;
  readonly spec: { readonly replicas?: number; readonly template: PodTemplate } & Readonly<Record<string, unknown>>;
}

/** What renders: kubectl, or the kustomize that is in it. */
const RENDERERS = [['kubectl', 'kustomize'], ['kustomize', 'build']] as const;

/** Why nothing can be rendered here, or null. */
export const noRenderer: string | null = RENDERERS.some(([program]) => spawnSync(program, ['--help']).status === 0) ? null : 'neither kubectl nor kustomize is here';

/** For the title of tests that are skipped for want of one. */
export const withoutRenderer = noRenderer ? ` (skipped: ${noRenderer})` : '';

/** The manifests of `k8s/overlays/<overlay>`. */
export function render(overlay: string): Manifest[] {
  if (noRenderer) throw new Error(`${noRenderer}: install kubectl 1.27 or newer, or kustomize 5`);
  const [program, command] = RENDERERS.find(([name]) => spawnSync(name, ['--help']).status === 0)!;
  const { status, stdout, stderr } = spawnSync(program, [command, join(ROOT, 'k8s/overlays', overlay)], { encoding: 'utf8', maxBuffer: 20_000_000 });
  if (status !== 0) throw new Error(`${program} ${command}: ${stderr}`);
  return parseAllDocuments(stdout).map((document) => document.toJS() as Manifest);
}

/** Those of them that run a process of ours, with what starts it. */
export function kubernetesProcesses(manifests: readonly Manifest[]): (Process & { readonly manifest: Manifest; readonly container: Container })[] {
  const settings = new Map(manifests.filter(({ kind }) => kind === 'ConfigMap').map(({ metadata, data }) => [metadata.name, data!]));
  return manifests.filter(isOurs).map((manifest) => {
    const container = manifest.spec.template.spec.containers[0]!;
    const values = (container.env ?? []).map(({ name, value, valueFrom }): [string, string | null | undefined] => {
      const map = valueFrom?.configMapKeyRef;
      return [name, value ?? (map ? settings.get(map.name)?.[map.key] : null)];
    });
    const target = /lacollecte\/(\w+)(:|$)/.exec(container.image)![1]!;
    return { name: manifest.metadata.name, target, args: container.args ?? [], environment: Object.fromEntries(values.filter((entry): entry is [string, string | null] => entry[1] !== undefined)), manifest, container };
  });
}

/** Runs pods, and the pods are ours. */
function isOurs({ kind, spec }: Manifest): boolean {
  return ['Deployment', 'Job'].includes(kind) && spec.template.metadata.labels['app.kubernetes.io/part-of'] === 'lacollecte';
}
