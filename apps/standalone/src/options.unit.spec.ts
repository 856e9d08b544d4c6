import { isLoopback, readOptions } from './options.js';

test('defaults: port 3000 or PORT, loopback, .data, demonstration', () => {
  expect(readOptions([], {})).toMatchObject({ port: 3000, host: '127.0.0.1', demo: true, reset: false, createAdmin: undefined });
  expect(readOptions([], {}).dataDir).toMatch(/\.data$/);
  expect(readOptions([], { PORT: '8080' }).port).toBe(8080);
  expect(readOptions(['--port', '81'], { PORT: '8080' }).port).toBe(81);
});

test.each(['0.0.0.0', '::', '192.168.1.5', 'example.org'])('%s can be reached by others: no demonstration accounts', (host) => {
  expect(isLoopback(host)).toBe(false);
  expect(readOptions(['--host', host], {}).demo).toBe(false);
});

test.each(['localhost', '::1', '127.0.0.1', '127.0.3.1'])('%s is this machine', (host) => {
  expect(readOptions(['--host', host], {}).demo).toBe(true);
  expect(readOptions(['--host', host, '--no-demo'], {}).demo).toBe(false);
});

test.each([
  [['--port', 'abc'], /--port takes a number from 0 to 65535, not "abc"/],
  [['--port', '70000'], /not "70000"/],
  [['--create-admin', 'nobody'], /--create-admin takes an e-mail address/],
  [['--nonsense'], /nonsense/],
  [['--port'], /port/],
  [['extra'], /extra/],
])('%j is refused in one line with status 2', (args, message) => {
  const oneLine = expect.stringMatching(new RegExp(`^[^\\n]*${message.source}[^\\n]*--help$`)) as string;
  expect(() => readOptions(args, {})).toThrow(expect.objectContaining({ status: 2, message: oneLine }) as Error);
});

test('PORT is named where it is the one that is wrong', () => {
  expect(() => readOptions([], { PORT: 'x' })).toThrow(/^PORT takes/);
});
