import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Which way a piece travels. */
export type Way = 'request' | 'answer';

/**
 * What becomes of a piece: it passes; the connection is reset instead of it, or after half of it; the connection falls
 * silent, while neither side is told (the server sees it end, as if the machine had lost power). A number: it passes so many ms later.
 */
export type Verdict = 'pass' | 'reset' | 'half' | 'silence' | number;
export type Meddle = (piece: Buffer, way: Way) => Verdict;

const PASS: Meddle = () => 'pass';

/** One connection of a client through the proxy. */
class Connection {
  #silent = false;

  constructor(
    private readonly client: Socket,
    private readonly server: Socket,
    meddle: () => Meddle,
  ) {
    for (const socket of [client, server]) socket.setNoDelay(true).on('error', () => this.reset());
    void this.#carry(client, server, 'request', meddle);
    void this.#carry(server, client, 'answer', meddle);
  }

  async #carry(from: Socket, to: Socket, way: Way, meddle: () => Meddle): Promise<void> {
    try {
      for await (const piece of from as AsyncIterable<Buffer>) {
        // Read and forgotten: who sends is not told.
        if (this.#silent) continue;
        const verdict = meddle()(piece, way);
        if (verdict === 'silence') this.silence();
        else if (verdict === 'reset') this.reset();
        else {
          if (typeof verdict === 'number') await sleep(verdict);
          const flushed = to.write(verdict === 'half' ? piece.subarray(0, Math.ceil(piece.length / 2)) : piece);
          if (verdict === 'half') setImmediate(() => this.reset());
          else if (!flushed) await once(to, 'drain');
        }
      }
      if (!this.#silent) to.end();
    } catch {
      if (!this.#silent) this.reset();
    }
  }

  silence(): void {
    this.#silent = true;
    this.server.destroy();
  }

  reset(): void {
    if (this.#silent) this.client.destroy();
    else for (const socket of [this.client, this.server]) socket.resetAndDestroy();
  }
}

/** Stands before a server on the loopback interface and does to its connections what networks do. */
export class TcpProxy {
  readonly #connections = new Set<Connection>();
  #meddle = PASS;
  #refusing = false;

  private constructor(
    private readonly server: Server,
    /** Where the server listens now. */
    public target: number,
  ) {}

  static async start(target: number): Promise<TcpProxy> {
    const server = createServer({ allowHalfOpen: true });
    const proxy = new TcpProxy(server, target);
    server.on('connection', (client) => proxy.#accept(client));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  #accept(client: Socket): void {
    if (this.#refusing) {
      client.on('error', () => undefined).resetAndDestroy();
      return;
    }
    const connection = new Connection(client, connect({ port: this.target, host: '127.0.0.1', allowHalfOpen: true }), () => this.#meddle);
    this.#connections.add(connection);
    client.once('close', () => this.#connections.delete(connection));
  }

  /** Does this to every piece from now on, until it is told otherwise; null: nothing. */
  meddle(meddle: Meddle | null): void {
    this.#meddle = meddle ?? PASS;
  }

  /** Resets what is connected and refuses who comes, until it is told otherwise. Gives how many connections that ended. */
  cutOff(cut: boolean): number {
    this.#refusing = cut;
    return cut ? this.#each((connection) => connection.reset()) : 0;
  }

  /** Every connection there is falls silent; those that are made after it are well. */
  silenceAll(): number {
    return this.#each((connection) => connection.silence());
  }

  #each(act: (connection: Connection) => void): number {
    const all = [...this.#connections];
    for (const connection of all) act(connection);
    return all.length;
  }

  async stop(): Promise<void> {
    this.cutOff(true);
    await new Promise((resolve) => this.server.close(resolve));
  }
}
