import { createHmac, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProcessRecord } from './process-record.js';

export type Consent = 'given' | 'ask' | 'refused';

/** Where a stack runs, and for whom. */
export interface Site {
  /** Its data. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whether packages may be installed: `ask` where there is a person to ask. */
  readonly consent: Consent;
  readonly record: ProcessRecord;
  /** Aborted once it is asked to stop. */
  readonly signal: AbortSignal;
  say(line: string): void;
  /** Of a role of a database: the same at each start. */
  password(role: string): string;
}

export function siteOf(folder: string, more: Omit<Site, 'folder' | 'password'>): Site {
  mkdirSync(join(folder, 'log'), { recursive: true });
  const secret = secretOf(join(folder, 'secret'));
  return { folder, ...more, password: (role) => createHmac('sha256', secret).update(role).digest('hex') };
}

function secretOf(file: string): string {
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('hex'), { mode: 0o600, flush: true });
  return readFileSync(file, 'utf8');
}
