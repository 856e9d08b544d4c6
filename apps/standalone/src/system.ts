/** Somebody a visitor can sign in as. */
export interface DemoAccount {
  readonly email: string;
  readonly password: string;
  /** What they do, in words. */
  readonly role: string;
}

export interface StandaloneOptions {
  /** Superuser's address of the server that holds every database. */
  readonly postgres: string;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** Demonstration accounts and data: without it, those of an earlier run are refused too. */
  readonly demo: boolean;
  /** For what is kept beside the databases: keys, files. */
  readonly dataDir: string;
  /** One line of progress. */
  log(line: string): void;
}

export interface Standalone {
  /** Where a browser goes, with no slash at the end. */
  readonly url: string;
  /** Empty without demonstration accounts. */
  readonly accounts: readonly DemoAccount[];
  /** Takes no more requests, finishes what runs and closes its connections. */
  stop(): Promise<void>;
}

export interface AdminOptions {
  readonly postgres: string;
  readonly dataDir: string;
  readonly email: string;
  /** The address that the link begins with. */
  readonly url: string;
}

/** What the command line starts. */
export interface System {
  startStandalone(options: StandaloneOptions): Promise<Standalone>;
  /** A link that can be used once, to become the administrator with this address. */
  createAdmin(options: AdminOptions): Promise<string>;
}
