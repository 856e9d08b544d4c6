import { connect, type Socket } from 'node:net';

/** Longer than the longest that a broker may take: a member that joins waits for the others (10 s), a record for the replicas (10 s). */
const SILENT_SECONDS = 20;
const TICK_MS = 1_000;
const KEEP_ALIVE_MS = 60_000;
/** Of an answer: its size, which stands before it. */
const SIZE_BYTES = 4;

/**
 * What kafkajs (2.2.4) connects with. Of a connection that is dead it goes on waiting for answers, each time anew, until the system
 * gives it up after a quarter of an hour: so one that is silent for too long ends. And it keeps the part of an answer that a broken connection left, takes what the next
 * connection brings for the rest of it, and then ends the process or waits for ever: so it is given whole answers only.
 */
export function brokerSocket({ host, port, onConnect }: { host: string; port: number; onConnect: () => void }): Socket {
  const socket = endSilent(SILENT_SECONDS, connect({ host, port }, onConnect), peersAt(`${host}:${port}`));
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  const on = socket.on.bind(socket) as (event: string, listener: (data: Buffer) => void) => Socket;
  socket.on = ((event: string, listener: (data: Buffer) => void) => on(event, event === 'data' ? wholeAnswers(listener) : listener)) as Socket['on'];
  return socket;
}

/** A connection, for others to the same broker. */
interface Peer {
  /** When it last gave a sign of life, in ms of `performance.now()`. */
  heardAt: number;
  end(): void;
}

const peers = new Map<string, Set<Peer>>();

function peersAt(address: string): Set<Peer> {
  const known = peers.get(address) ?? new Set();
  peers.set(address, known);
  return known;
}

/**
 * Ends a connection (connecting, at least: `connect` would undo it) with an error that has given no answer for so long, and with it those
 * of `others` that have not been heard of since: each would be waited for as long again, when it is next used. Seconds are counted, not measured: those that
 * this process slept through are no silence.
 */
export function endSilent(seconds: number, socket: Socket, others: Set<Peer> = new Set()): Socket {
  let silent = 0;
  let askedAt = 0;
  let counting: NodeJS.Timeout | undefined;
  const me: Peer = { heardAt: performance.now(), end: () => socket.destroy(new Error(`no answer for ${seconds} s: the connection is taken for dead`)) };
  const rest = (): void => {
    clearInterval(counting);
    counting = undefined;
  };
  const tick = (): void => {
    if (++silent < seconds) return;
    rest();
    for (const { heardAt, end } of others) if (heardAt < askedAt) end();
  };
  const { write } = socket;
  socket.write = ((...args: Parameters<Socket['write']>) => {
    if (!counting) {
      [silent, askedAt] = [0, performance.now()];
      counting = setInterval(tick, TICK_MS).unref();
    }
    return write.apply(socket, args);
  }) as Socket['write'];
  others.add(me);
  return socket
    .on('data', () => {
      rest();
      me.heardAt = performance.now();
    })
    .on('close', () => {
      rest();
      others.delete(me);
    });
}

/** Hands on what has come as soon as it ends with an answer; what is left at the end nobody gets. */
export function wholeAnswers(take: (answers: Buffer) => void): (piece: Buffer) => void {
  let held: Buffer[] = [];
  let bytes = 0;
  let needed = SIZE_BYTES;
  return (piece) => {
    held.push(piece);
    bytes += piece.length;
    if (bytes < needed) return;
    const all = Buffer.concat(held);
    let end = 0;
    const sizeAt = (at: number): number => (all.length - at < SIZE_BYTES ? SIZE_BYTES : SIZE_BYTES + all.readInt32BE(at));
    while (end + sizeAt(end) <= all.length && all.length - end >= SIZE_BYTES) end += sizeAt(end);
    held = [all.subarray(end)];
    bytes = all.length - end;
    needed = sizeAt(end);
    if (end > 0) take(all.subarray(0, end));
  };
}
