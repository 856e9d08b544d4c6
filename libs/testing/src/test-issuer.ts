import type { Actor } from '@lacollecte/database';
import { exportJWK, generateKeyPair, type JSONWebKeySet, SignJWT } from 'jose';

/** What a service is told of the issuer it trusts; the keys are given, so that no test needs a server for them. */
export interface TestAuth {
  readonly issuer: string;
  readonly audience: string;
  readonly jwks: JSONWebKeySet;
}

export interface TestIssuer {
  readonly auth: TestAuth;
  /** A bearer token for this person; `expiresIn` in seconds, negative for one that has expired. */
  token(actor: Actor, options?: { expiresIn?: number; audience?: string }): Promise<string>;
}

/** An issuer of access tokens within the test: same algorithm and claims as the real one. */
export async function testIssuer(): Promise<TestIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const auth = {
    issuer: 'http://issuer.test',
    audience: 'lacollecte',
    jwks: { keys: [{ ...(await exportJWK(publicKey)), kid: 'test', alg: 'ES256', use: 'sig' }] },
  };
  return {
    auth,
    token: (actor, options = {}) =>
      new SignJWT({
        roles: [...actor.roles],
        ...(actor.organisationId === null ? {} : { organisation: actor.organisationId }),
        sites: [...actor.siteIds],
      })
        .setProtectedHeader({ alg: 'ES256', kid: 'test', typ: 'at+jwt' })
        .setSubject(actor.subject)
        .setIssuer(auth.issuer)
        .setAudience(options.audience ?? auth.audience)
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + (options.expiresIn ?? 600))
        .sign(privateKey),
  };
}
