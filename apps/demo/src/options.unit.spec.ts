import { readOptions, UsageError } from './options.js';

it('has a list, a seed and a folder of its own', () => {
  expect(readOptions([], {})).toMatchObject({ file: expect.stringMatching(/parc-240\.csv$/), seed: 1, url: null, issuer: null, dataDir: expect.stringMatching(/\.data$/), json: false });
});

it('takes a path, a seed, an address', () => {
  expect(readOptions(['/x/a.csv', '--seed', '42', '--url', 'http://localhost:3000/', '--json'], {})).toMatchObject({ file: '/x/a.csv', seed: 42, url: 'http://localhost:3000', json: true });
});

it('has people sign in where services take tokens from, unless it is told otherwise', () => {
  const env = { OIDC_ISSUER: 'http://localhost:8080/realms/a' };
  expect(readOptions([], env).issuer).toBe('http://localhost:8080/realms/a');
  expect(readOptions(['--issuer', 'http://localhost:8080/realms/b/'], env).issuer).toBe('http://localhost:8080/realms/b');
});

it('finds a list where npm was called', () => {
  expect(readOptions(['lists/a.csv'], { INIT_CWD: '/home/me' }).file).toBe('/home/me/lists/a.csv');
});

it.each([[['--seed', '-1']], [['--seed', 'one']], [['--url', 'localhost:3000']], [['--issuer', 'keycloak']], [['a.csv', 'b.csv']], [['--what']]])('refuses %j', (args) => {
  expect(() => readOptions(args, {})).toThrow(UsageError);
});
