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

/** What is wrong with a token itself; anything else jose throws is about getting the keys. */
const REFUSALS = [
  errors.JWTClaimValidationFailed, errors.JWTInvalid, errors.JWSInvalid, errors.JWSSignatureVerificationFailed, errors.JOSEAlgNotAllowed, errors.JOSENotSupported,
  errors.JWKSNoMatchingKey, errors.JWKSMultipleMatchingKeys,
];

const Claims = z.object({
  sub: z.string().min(1),
  /** An issuer may give roles of its own besides: they mean nothing here. */
  roles: z.array(z.string()).default([]).transform((names) => Role.options.filter((role) => names.includes(role))),
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
    if (error instanceof errors.JWTExpired) throw new DomainError('token-expired');
    if (REFUSALS.some((refusal) => error instanceof refusal)) throw new DomainError('token-invalid');
    // The issuer's keys could not be had: that says nothing about the token.
    throw Object.assign(new DomainError('try-again'), { cause: error });
  }
}

function actorOf(payload: JWTPayload): Actor {
  const claims = Claims.safeParse(payload);
  if (!claims.success) throw new DomainError('token-invalid');
  const { sub, roles, organisation, sites } = claims.data;
  return { subject: sub, roles, organisationId: organisation ?? null, siteIds: sites };
}
