import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { endSilent, wholeAnswers } from './broker-socket.js';

function answer(text: string): Buffer {
  const size = Buffer.alloc(4);
  size.writeInt32BE(text.length);
  return Buffer.concat([size, Buffer.from(text)]);
}

function heard(pieces: readonly Buffer[]): Buffer[] {
  const taken: Buffer[] = [];
  const take = wholeAnswers((answers) => taken.push(answers));
  for (const piece of pieces) take(piece);
  return taken;
}

const stream = Buffer.concat([answer('one'), answer(''), answer('a longer one'), answer('last')]);

it.each([1, 2, 3, 5, 7, 16, 1000])('answers that come in pieces of %i bytes are handed on whole, in order, and nothing else', (size) => {
  const pieces = Array.from({ length: Math.ceil(stream.length / size) }, (_, i) => stream.subarray(i * size, (i + 1) * size));
  const taken = heard(pieces);
  expect(Buffer.concat(taken).equals(stream)).toBe(true);
  const ends = new Set([7, 11, 27, 35]);
  let at = 0;
  expect(taken.map((part) => (at += part.length)).filter((end) => !ends.has(end))).toEqual([]);
});

it('half of an answer is kept back, whatever has come before it', () => {
  expect(heard([stream.subarray(0, 9)])).toEqual([answer('one')]);
  expect(heard([stream.subarray(0, 2)])).toEqual([]);
});

it('a connection that gives no answer ends with an error; one that answers or was asked nothing since stays', async () => {
  const server = createServer((client) => client.on('error', () => undefined).on('data', (asked) => asked.toString() === 'question' && client.write('answer')));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const connected = async (): Promise<Socket> => {
    const socket = endSilent(1, connect((server.address() as AddressInfo).port, '127.0.0.1'));
    await once(socket, 'connect');
    return socket;
  };
  const [answered, idle, doomed] = [await connected(), await connected(), await connected()];
  answered.write('question');
  await once(answered, 'data');
  doomed.write('silence');
  const [error] = (await once(doomed, 'error')) as [Error];
  expect(error.message).toMatch(/no answer for 1 s/);
  expect([answered.destroyed, idle.destroyed, doomed.destroyed]).toEqual([false, false, true]);
  for (const socket of [answered, idle]) socket.destroy();
  server.close();
});

it('with it end those to the same broker that have not been heard of since it was asked; one that is younger or has answered stays', async () => {
  const server = createServer((client) => client.on('error', () => undefined).on('data', (asked) => asked.toString() === 'question' && client.write('answer')));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const broker = new Set<never>();
  const connected = async (): Promise<Socket> => {
    const socket = endSilent(1, connect((server.address() as AddressInfo).port, '127.0.0.1'), broker).on('error', () => undefined);
    await once(socket, 'connect');
    return socket;
  };
  const [idle, answered, doomed] = [await connected(), await connected(), await connected()];
  doomed.write('silence');
  answered.write('question');
  await once(answered, 'data');
  const younger = await connected();
  await Promise.all([doomed, idle].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
  expect([answered.destroyed, younger.destroyed, broker.size]).toEqual([false, false, 2]);
  for (const socket of [answered, younger]) socket.destroy();
  server.close();
});
