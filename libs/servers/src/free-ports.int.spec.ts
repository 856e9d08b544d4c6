import { once } from 'node:events';
import { createServer } from 'node:net';
import { freePorts } from './free-ports.js';

test('are each another, below those of outgoing connections, and can be listened on', async () => {
  const ports = await freePorts(40);
  expect(new Set(ports).size).toBe(40);
  expect(ports.every((port) => port >= 20_000 && port < 32_000)).toBe(true);
  const servers = ports.map((port) => createServer().listen(port, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
});
