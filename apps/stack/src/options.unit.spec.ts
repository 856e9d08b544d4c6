import { readOptions } from './options.js';

test('one process of each service, on port 3000, in .data/stack', () => {
  const { port, dataDir, replicas, yes, down } = readOptions([], {});
  expect({ port, yes, down }).toEqual({ port: 3000, yes: false, down: false });
  expect(dataDir).toMatch(/\/\.data\/stack$/);
  expect(Object.fromEntries(replicas)).toEqual({ directory: 1, intake: 1, refurbishment: 1, inventory: 1, matching: 1, dispatch: 1, traceability: 1 });
});

test('more of some', () => {
  const { replicas } = readOptions(['--replicas', 'intake=2, refurbishment=3'], {});
  expect([replicas.get('intake'), replicas.get('refurbishment'), replicas.get('matching')]).toEqual([2, 3, 1]);
});

test.each(['intake', 'intake=0', 'intake=21', 'intake=two', 'kitchen=1'])('--replicas %s is refused', (text) => {
  expect(() => readOptions(['--replicas', text], {})).toThrow(/--replicas takes a list such as intake=2/);
});

test.each([['--port', '70000'], ['--data', ''], ['--replica', 'x']])('%s %s is refused', (...args) => {
  expect(() => readOptions(args, {})).toThrow(/see npm run stack -- --help$/);
});
