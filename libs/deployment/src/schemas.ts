import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Ajv } from 'ajv';
import * as models from 'kubernetes-models';
import type { Manifest } from './kubernetes.js';

const require = createRequire(import.meta.url);

/** What the Compose specification's own schema has against a file. */
export function composeProblems(file: unknown): string[] {
  const schema = JSON.parse(readFileSync(join(dirname(require.resolve('dclint/package.json')), 'schemas/compose.schema.json'), 'utf8')) as object;
  // Formats and keywords of its own (durations, subnets) are said in its patterns too.
  const validate = new Ajv({ strict: false, allErrors: true, validateFormats: false }).compile({ ...schema, $schema: 'http://json-schema.org/draft-07/schema#' });
  validate(file);
  return (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`);
}

interface Model {
  readonly apiVersion: string;
  readonly kind: string;
  readonly prototype: { validate(this: unknown): void };
}
type Group = Readonly<Record<string, Readonly<Record<string, Model>>>>;

/** What Kubernetes' own schemas have against a manifest: values that are wrong, values that are missing, and fields that they do not know. */
export function manifestProblems(manifest: Manifest): string[] {
  const found = modelOf(manifest);
  if (!found) return [`${manifest.apiVersion} ${manifest.kind} is not known`];
  const asked = new Set<string>();
  try {
    // Not on a model: that would be a copy.
    found.prototype.validate.call(watched(manifest, '', asked));
  } catch (error) {
    return [(error as Error).message];
  }
  return pathsOf(manifest, '').filter((path) => !asked.has(path)).map((path) => `${path}: no such field`);
}

function modelOf({ apiVersion, kind }: Manifest): Model | undefined {
  return Object.values(models as unknown as Group).flatMap((group) => Object.values(group).flatMap((version) => [version as unknown as Model, ...Object.values(version)])).find((model) => model?.apiVersion === apiVersion && model.kind === kind);
}

/** The schemas let fields pass that they do not know, but they look only at those they know: which they looked at is told. */
function watched(value: unknown, path: string, asked: Set<string>): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return new Proxy(value, {
    get: (target, key) => {
      const inner = typeof key === 'string' ? `${path}/${key}` : path;
      asked.add(inner);
      return watched(Reflect.get(target, key), inner, asked);
    },
  });
}

function pathsOf(value: unknown, path: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [`${path}/${key}`, ...pathsOf(inner, `${path}/${key}`)]);
}
