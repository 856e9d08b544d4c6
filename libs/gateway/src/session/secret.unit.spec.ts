import { Secret } from './secret.js';

const secret = Secret.create();

it('opens what it sealed, and nothing that was changed or that another sealed', () => {
  const sealed = secret.seal({ name: 'Zoé' });
  expect(Secret.parse(secret.value)!.open(sealed)).toEqual({ name: 'Zoé' });
  expect(secret.seal({ name: 'Zoé' })).not.toEqual(sealed);
  expect(() => Secret.create().open(sealed)).toThrow('unable to authenticate data');
  for (const position of [0, 12, sealed.length - 1]) {
    const changed = Buffer.from(sealed);
    changed[position]! ^= 1;
    expect(() => secret.open(changed)).toThrow('unable to authenticate data');
  }
  expect(() => secret.open(sealed.subarray(0, 27))).toThrow('authentication tag length');
});

it('knows its own CSRF token alone', () => {
  expect(secret.isCsrf(secret.csrf)).toBe(true);
  for (const wrong of ['', secret.csrf.slice(1), `${secret.csrf}A`, secret.value, Secret.create().csrf]) expect(secret.isCsrf(wrong)).toBe(false);
});

it('is not told by what is stored or shown', () => {
  const { value, id, csrf } = secret;
  expect(new Set([value, id.toString('base64url'), csrf]).size).toBe(3);
  expect(id).toHaveLength(32);
});
