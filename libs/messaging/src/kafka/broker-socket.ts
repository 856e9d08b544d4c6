import { connect, type Socket } from 'node:net';
import { answeringSocket } from '@lacollecte/database';

/** Longer than the longest that a broker may take: a member that joins waits for the others (10 s), a record for the replicas (10 s). */
const SILENT_SECONDS = 20;
const KEEP_ALIVE_MS = 60_000;
/** Of an answer: its size, which stands before it. */
const SIZE_BYTES = 4;

/**
 * What kafkajs (2.2.4) connects with. It keeps the part of an answer that a broken connection left, takes what the next
 * connection brings for the rest of it, and then ends the process or waits for ever: so it is given whole answers only.
 */
export function brokerSocket({ host, port, onConnect }: { host: string; port: number; onConnect: () => void }): Socket {
  const socket = answeringSocket(SILENT_SECONDS, connect({ host, port }, onConnect));
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  const { on } = socket;
  socket.on = ((event: string, listener: (data: Buffer) => void) => on.call(socket, event, event === 'data' ? wholeAnswers(listener) : listener)) as Socket['on'];
  return socket;
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
