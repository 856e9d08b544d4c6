import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { provision, type ProvisionedUrls, startPostgres } from '@lacollecte/database';
import { PLATFORM_MIGRATIONS } from '@lacollecte/messaging';

/** A PostgreSQL of our own in a temporary folder, with production's durability. */
export interface Server {
  readonly url: string;
  readonly folder: string;
  /** A fresh database for a benchmark, under the roles of `service`. */
  database(service: 'intake' | 'refurbishment' | 'inventory' | 'matching' | 'dispatch', name: string, migrations: readonly Function[]): Promise<ProvisionedUrls>;
  stop(): Promise<void>;
}

export async function startServer(): Promise<Server> {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'));
  const postgres = await startPostgres(folder);
  const passwords = { owner: 'bench', app: 'bench', worker: 'bench' };
  return {
    url: postgres.url,
    folder,
    database: (service, name, migrations) => provision(postgres.url, service, [...PLATFORM_MIGRATIONS, ...migrations], passwords, name),
    stop: async () => {
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
