import { createServer } from 'node:net';
import { SetupError, type SetupErrorCode } from '@lacollecte/database';

/** Exit statuses, told by `--help`. */
export const STATUS = { ok: 0, error: 1, usage: 2, 'unsupported-platform': 10, 'not-installed': 11, port: 12, 'folder-in-use': 13, 'newer-version': 14, 'no-space': 15, 'no-permission': 16, 'postgres-failed': 17, missing: 18 } as const;

/** A reason not to run, with one way out: shown as one line, never as a stack. */
export class StopReason extends Error {
  constructor(
    readonly status: number,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

const OF_SETUP: Record<SetupErrorCode, number> = {
  'unsupported-platform': STATUS['unsupported-platform'],
  'not-installed': STATUS['not-installed'],
  'newer-version': STATUS['newer-version'],
  'other-version': STATUS['newer-version'],
  'no-space': STATUS['no-space'],
  'no-permission': STATUS['no-permission'],
  'postgres-failed': STATUS['postgres-failed'],
};

/** The reason that an error amounts to; undefined for an error of the program. */
export function reasonOf(error: unknown, dataDir: string): StopReason | undefined {
  if (error instanceof StopReason) return error;
  // PostgreSQL's own way to say that the disk is full.
  const full = (error as { code?: unknown } | null)?.code === '53100';
  const known = SetupError.from(full ? Object.assign(new Error(), { code: 'ENOSPC' }) : error, dataDir);
  return known instanceof SetupError ? new StopReason(OF_SETUP[known.code], known.message, { cause: error }) : undefined;
}

/** Listening failed: says why in a line. */
export function listenReason(error: unknown, host: string, port: number): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code === 'EADDRINUSE') return new StopReason(STATUS.port, `port ${port} is taken by another program: choose another with --port, e.g. --port ${port === 3000 ? 3001 : 3000}`, { cause: error });
  if (code === 'EACCES' && port > 0 && port < 1024) return new StopReason(STATUS['no-permission'], `no permission to listen on port ${port}: choose one above 1023 with --port`, { cause: error });
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return new StopReason(STATUS.usage, `${host} is not an address of this machine: choose another with --host`, { cause: error });
  return error;
}

/** Whether it can be listened on, before anything is started: the answer to a taken port should take no time. @throws StopReason */
export async function checkPort(host: string, port: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => reject(listenReason(error, host, port)));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve()));
  });
}
