import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICES, type ServiceName } from '@lacollecte/contracts';
import { startPostgres } from '@lacollecte/database';

/** A database that cannot be read, or not as a whole. */
export class OutOfReach extends Error {}

export interface OpenDatabases {
  readonly urls: ReadonlyMap<ServiceName, string>;
  /** False where nothing runs on them: what waits goes on waiting. */
  readonly running: boolean;
  /** Leaves everything as it was found. */
  release(): Promise<void>;
}

/**
 * Where each service's database is: as the environment says (`CHECK_DATABASE_URL_INTAKE` …), the others in the data folder,
 * whose PostgreSQL is started for as long as it takes if nothing runs there. @throws OutOfReach
 */
export async function openDatabases(dataDir: string, env: NodeJS.ProcessEnv, services: readonly ServiceName[] = SERVICES): Promise<OpenDatabases> {
  const given = new Map(services.map((service) => [service, env[`CHECK_DATABASE_URL_${service.toUpperCase()}`]] as const));
  const missing = services.filter((service) => !given.get(service));
  if (missing.length === 0) return { urls: given as Map<ServiceName, string>, running: true, release: async () => undefined };
  const system = systemOf(dataDir);
  if (system === undefined) {
    throw new OutOfReach(`${dataDir} holds no system: start one with npm start, choose another folder with --data, or name the databases in CHECK_DATABASE_URL_${missing[0]!.toUpperCase()} …`);
  }
  const running = isHeld(system);
  const elsewhere = running ? addressOn(system) : undefined;
  const postgres = elsewhere === undefined ? await startPostgres(join(system, 'postgres')) : undefined;
  const own = (service: ServiceName): string => {
    const url = new URL(elsewhere ?? postgres!.url);
    url.pathname = `/${service}`;
    return url.href;
  };
  return {
    urls: new Map(services.map((service) => [service, given.get(service) || own(service)])),
    running,
    // A system that was started meanwhile has adopted the server.
    release: async () => {
      if (postgres && !postgres.adopted && !isHeld(system)) await postgres.stop();
    },
  };
}

/** The folder of the system that runs: standalone, or a stack below; else of one that is there. */
function systemOf(dataDir: string): string | undefined {
  const folders = [dataDir, join(dataDir, 'stack')];
  return folders.find(isHeld) ?? folders.find((folder) => existsSync(join(folder, 'postgres', 'cluster')));
}

/** The PostgreSQL of a running stack that has it somewhere else than in its folder. */
function addressOn(folder: string): string | undefined {
  try {
    return (JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8')) as { postgres?: string }).postgres;
  } catch {
    return undefined;
  }
}

/** Whether a living process holds the folder. */
function isHeld(dataDir: string): boolean {
  try {
    const { pid } = JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8')) as { pid: number };
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
