import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Actor } from '@lacollecte/database';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const AUDIENCE = 'lacollecte';

/** Whom the services trust: a key of our own, served on the loopback interface. */
export interface Issuer {
  readonly issuer: string;
  readonly jwksUrl: string;
  /** A bearer token for this person. */
  token(actor: Actor): Promise<string>;
  stop(): void;
}

export async function startIssuer(): Promise<Issuer> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'crash', alg: 'ES256', use: 'sig' }] });
  const server = createServer((_request, response) => response.setHeader('content-type', 'application/json').end(keys));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    issuer,
    jwksUrl: `${issuer}/jwks`,
    token: ({ subject, roles, organisationId, siteIds }) =>
      new SignJWT({ roles: [...roles], sites: [...siteIds], ...(organisationId === null ? {} : { organisation: organisationId }) })
        .setProtectedHeader({ alg: 'ES256', kid: 'crash', typ: 'at+jwt' })
        .setSubject(subject)
        .setIssuer(issuer)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(privateKey),
    stop: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
