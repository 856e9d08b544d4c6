import { Agent, type ClientRequestArgs } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';

const CONNECT_MS = 3_000;
/** So long an address that let nobody in is asked last. */
const PASSED_OVER_MS = 5_000;

/**
 * The processes of one service. Each request goes to the next of them in turn; where that one lets nobody in, its connection is made to another: before a
 * byte was sent nothing can be done twice.
 */
export class Replicas {
  readonly #refused = new Map<string, number>();
  #turn = 0;

  /** @param addresses `http://host:port` */
  constructor(readonly addresses: readonly string[]) {}

  /** Whose turn it is. */
  next(): string {
    const order = this.#from(this.#turn++);
    return order.find((address) => !this.#passedOver(address)) ?? order[0]!;
  }

  /** Connects to the address that is asked for, and to the others in turn where that cannot be had. */
  readonly agent: Agent = new ReplicaAgent(async (asked) => {
    const others = this.#from(this.#turn).filter((address) => address !== asked);
    const order = [asked, ...others.sort((a, b) => Number(this.#passedOver(a)) - Number(this.#passedOver(b)))];
    for (const [i, address] of order.entries()) {
      try {
        const socket = await connected(address);
        this.#refused.delete(address);
        return { socket, substitute: i > 0 };
      } catch (error) {
        this.#refused.set(address, Date.now());
        if (i === order.length - 1) throw error;
      }
    }
    throw new Error('no address');
  });

  #from(turn: number): string[] {
    const from = turn % this.addresses.length;
    return [...this.addresses.slice(from), ...this.addresses.slice(0, from)];
  }

  #passedOver(address: string): boolean {
    return Date.now() - (this.#refused.get(address) ?? -Infinity) < PASSED_OVER_MS;
  }
}

interface Connection {
  readonly socket: Socket;
  /** To another address than was asked for. */
  readonly substitute: boolean;
}

class ReplicaAgent extends Agent {
  readonly #substitutes = new WeakSet<Duplex>();

  constructor(private readonly open: (address: string) => Promise<Connection>) {
    super({ keepAlive: true });
  }

  override createConnection(options: ClientRequestArgs, callback?: (error: Error | null, socket: Duplex) => void): undefined {
    this.open(`http://${options.host}:${options.port}`).then(
      ({ socket, substitute }) => {
        if (substitute) this.#substitutes.add(socket);
        callback?.(null, socket);
      },
      (error: Error) => callback?.(error, undefined as unknown as Duplex), // as Node's own agent does
    );
  }

  /** One that leads elsewhere is used once, or it would do so for as long as there is work. */
  override keepSocketAlive(socket: Duplex): boolean {
    // Its type says that it gives nothing; it gives whether the socket is kept.
    return !this.#substitutes.has(socket) && (super.keepSocketAlive(socket) as unknown as boolean);
  }
}

function connected(address: string): Promise<Socket> {
  const { hostname, port } = new URL(address);
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 80), noDelay: true });
  const late = setTimeout(() => socket.destroy(new Error(`${address} lets nobody in within ${CONNECT_MS / 1000} s`)), CONNECT_MS);
  socket.once('error', reject).once('connect', () => {
    clearTimeout(late);
    socket.off('error', reject);
    resolve(socket);
  });
  socket.once('close', () => clearTimeout(late));
  return promise;
}
