import { DomainError, Id, Role } from '@lacollecte/contracts';
import type { Actor } from '@lacollecte/database';
import { createLocalJWKSet, createRemoteJWKSet, errors, type JSONWebKeySet, type JWTPayload, jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

/** Whose tokens are accepted. */
export interface AuthOptions {
  readonly issuer: string;
  readonly audience: string;
  /** Where the issuer's keys are, or the keys themselves. */
  readonly jwks: URL | JSONWebKeySet;
}

/** Signatures we accept: fixed, so that a token cannot choose. */
const ALGORITHMS = ['RS256', 'ES256'];

const Claims = z.object({
  sub: z.string().min(1),
  roles: z.array(Role).default([]),
  organisation: Id.nullish(),
  sites: z.array(Id).default([]),
});

/** Gives who a bearer token speaks for. Throws `unauthenticated` (no token), `token-expired` or `token-invalid`. */
export function authenticator({ issuer, audience, jwks }: AuthOptions): (authorization: string | undefined) => Promise<Actor> {
  const keys: JWTVerifyGetKey = jwks instanceof URL ? createRemoteJWKSet(jwks) : createLocalJWKSet(jwks);
  return async (authorization) => {
    const token = /^Bearer ([\w.~+/=-]+)$/i.exec(authorization ?? '')?.[1];
    if (token === undefined) throw new DomainError('unauthenticated');
    return actorOf(await verified(token, keys, issuer, audience));
  };
}

async function verified(token: string, keys: JWTVerifyGetKey, issuer: string, audience: string): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(token, keys, { issuer, audience, algorithms: ALGORITHMS, requiredClaims: ['exp', 'sub'] });
    return payload;
  } catch (error) {
    // The issuer being out of reach says nothing about the token.
    if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError)) throw error;
    throw new DomainError(error instanceof errors.JWTExpired ? 'token-expired' : 'token-invalid');
  }
}

function actorOf(payload: JWTPayload): Actor {
  const claims = Claims.safeParse(payload);
  if (!claims.success) throw new DomainError('token-invalid');
  const { sub, roles, organisation, sites } = claims.data;
  return { subject: sub, roles, organisationId: organisation ?? null, siteIds: sites };
}
