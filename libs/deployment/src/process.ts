import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';

/** What is deployed, and the folder that the paths in it start from. */
export const ROOT = join(import.meta.dirname, '../../..');

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

/** A process of ours as a deployment starts it. */
export interface Process {
  readonly name: string;
  /** Of the Dockerfile. */
  readonly target: string;
  readonly args: readonly string[];
  /** Values as they are written down; null where a secret or a settings map holds it. The image's own are not among them. */
  readonly environment: Readonly<Record<string, string | null>>;
}

/** Read by Node, not by us. */
const OF_NODE = ['NODE_ENV'];

/** What is wrong with an environment, `NAME: why`: variables that the schema does not know, lacks, or would refuse; a value that is elsewhere is taken as right. */
export function environmentProblems(schema: z.ZodObject, environment: Process['environment']): string[] {
  const unknown = Object.keys(environment).filter((name) => !(name in schema.shape) && !OF_NODE.includes(name)).map((name) => `${name}: nobody reads it`);
  const elsewhere = new Set(Object.keys(environment).filter((name) => environment[name] === null));
  const refused = (schema.safeParse(environment).error?.issues ?? []).filter(({ path: [name] }) => !elsewhere.has(name as string)).map(({ path, message }) => `${path.join('.')}: ${message}`);
  return [...unknown, ...refused];
}
