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
  const socket = endSilent(SILENT_SECONDS, connect({ host, port }, onConnect));
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  const on = socket.on.bind(socket) as (event: string, listener: (data: Buffer) => void) => Socket;
  socket.on = ((event: string, listener: (data: Buffer) => void) => on(event, event === 'data' ? wholeAnswers(listener) : listener)) as Socket['on'];
  return socket;
}

/** Ends a connection (connecting, at least: `connect` would undo it) with an error that has given no answer for so long. Seconds are counted, not measured: those that this process slept through are no silence. */
export function endSilent(seconds: number, socket: Socket): Socket {
  let silent = 0;
  let counting: NodeJS.Timeout | undefined;
  const heard = (): void => {
    clearInterval(counting);
    counting = undefined;
  };
  const tick = (): void => {
    if (++silent < seconds) return;
    heard();
    socket.destroy(new Error(`no answer for ${seconds} s: the connection is taken for dead`));
  };
  const { write } = socket;
  socket.write = ((...args: Parameters<Socket['write']>) => {
    silent = counting ? silent : 0;
    counting ??= setInterval(tick, TICK_MS).unref();
    return write.apply(socket, args);
  }) as Socket['write'];
  return socket.on('data', heard).on('close', heard);
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
