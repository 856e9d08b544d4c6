import { join } from 'node:path';
import { type ProvisionedUrls, startPostgres } from '@lacollecte/database';
import { EmbeddedTransport, TOPIC_SPECS } from '@lacollecte/messaging';
import { prepareDatabases } from '@lacollecte/system';

/** Ends things in the reverse order of their start. */
export class Closers {
  readonly #closers: (() => unknown)[] = [];
  #closed: Promise<void> | null = null;

  push(close: () => unknown): void {
    this.#closers.push(close);
  }

  /** Whoever asks again waits with the first. */
  close(): Promise<void> {
    return (this.#closed ??= this.#close());
  }

  async #close(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) await close();
  }
}

/** What the services run on. */
export interface Platform {
  /** By service, as services see them. */
  readonly databases: ReadonlyMap<string, ProvisionedUrls>;
  readonly transport: string;
  readonly queues: string;
  /** The database of the gateway, a process of its own through which people come; null where they come to each service. */
  readonly gateway: string | null;
  /** Of the PostgreSQL's superuser, past whatever stands before it. */
  superuser(): string;
}

export type StartPlatform<P extends Platform> = (folder: string, closers: Closers) => Promise<P>;

/** One PostgreSQL for everything. */
export const embedded: StartPlatform<Platform> = async (folder, closers) => {
  const postgres = await startPostgres(join(folder, 'postgres'));
  closers.push(() => postgres.stop());
  const { services: databases, transport, queues } = await prepareDatabases(postgres.url);
  const log = new EmbeddedTransport(transport);
  try {
    await log.ensureTopics(TOPIC_SPECS);
  } finally {
    await log.close();
  }
  return { databases, transport, queues, gateway: null, superuser: () => postgres.url };
};
