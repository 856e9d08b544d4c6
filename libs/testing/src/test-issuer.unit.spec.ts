import { createLocalJWKSet, jwtVerify } from 'jose';
import { actor } from './actor.js';
import { testIssuer } from './test-issuer.js';

test('a token says who somebody is, and another issuer, audience or time refuses it', async () => {
  const { auth, token } = await testIssuer();
  const verify = (jwt: string) => jwtVerify(jwt, createLocalJWKSet(auth.jwks), { issuer: auth.issuer, audience: auth.audience });
  const operator = actor('operator', { siteIds: ['site-1'] });
  const { payload } = await verify(await token(operator));
  expect(payload).toMatchObject({ sub: operator.subject, roles: ['operator'], sites: ['site-1'] });
  await expect(verify(await token(operator, { expiresIn: -60 }))).rejects.toThrow(/exp/);
  await expect(verify(await token(operator, { audience: 'elsewhere' }))).rejects.toThrow(/aud/);
  await expect(verify(await (await testIssuer()).token(operator))).rejects.toThrow(/signature/);
});
