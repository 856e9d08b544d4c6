import { returnTo } from './return-to.js';

it.each(['/', '/donor/lots/0d00?tab=devices#last', '/a//b', '/authority', '/évènement'])('leads to a path of ours: %s', (path) => {
  expect(returnTo(path)).toBe(new URL(path, 'http://x').href.slice('http://x'.length));
});

it.each([null, '', 'donor', '//evil.test', '/\\evil.test', '\\\\evil.test', 'http://evil.test/', 'javascript:alert(1)', '/\t/evil.test', ' //evil.test', '/.//evil.test', '/..//evil.test', '/auth/sign-in', '/x/../auth/leave'])(
  'leads home instead of %j', (path) => {
    expect(returnTo(path)).toBe('/');
  },
);

it('leads home instead of to what no cookie would hold', () => {
  expect([returnTo(`/${'x'.repeat(999)}`).length, returnTo(`/${'x'.repeat(1_000)}`)]).toEqual([1_000, '/']);
});
