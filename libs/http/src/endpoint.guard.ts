import { createHash } from 'node:crypto';
import { DomainError } from '@lacollecte/contracts';
import { type Actor, type IdempotencyClaim, SYSTEM } from '@lacollecte/database';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { checkedInput } from './checked-input.js';
import { ENDPOINT, type EndpointSpec, type InputOf, type Method } from './endpoint.js';

/** What the guard leaves on the request for the interceptor and the handler. */
export interface CheckedRequest extends FastifyRequest {
  input: InputOf<EndpointSpec>;
  actor: Actor;
  claim: IdempotencyClaim | undefined;
}

interface Declared {
  readonly method: Method;
  readonly spec: EndpointSpec;
}

/** Who may, is what was sent right, is every precondition there: decided before a handler runs, from its EndpointSpec alone. */
@Injectable()
export class EndpointGuard implements CanActivate {
  constructor(private readonly authenticate: (authorization: string | undefined) => Promise<Actor>) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    // Events have no request; their handlers are the consumer's business.
    if (context.getType() !== 'http') return true;
    const declared = Reflect.getMetadata(ENDPOINT, context.getHandler()) as Declared | undefined;
    if (!declared) throw new DomainError('no-rule');
    const { spec } = declared;
    const request = context.switchToHttp().getRequest<CheckedRequest>();
    request.actor = await this.#allowed(spec, request);
    request.input = { ...checkedInput(spec, request), actor: request.actor, version: spec.ifMatch ? ifMatch(request) : 0 };
    request.claim = declared.method === 'POST' && spec.idempotent !== false ? claimOf(spec, request) : undefined;
    return true;
  }

  async #allowed(spec: EndpointSpec, request: FastifyRequest): Promise<Actor> {
    if (spec.roles === 'public' && request.headers.authorization === undefined) return VISITOR;
    const actor = await this.authenticate(request.headers.authorization);
    if (spec.roles === 'public' || spec.roles === 'signed-in') return actor;
    if (!spec.roles.some((role) => actor.roles.includes(role))) throw new DomainError('forbidden');
    return actor;
  }
}

/** Somebody who has not signed in: no roles, no organisation. */
const VISITOR: Actor = { ...SYSTEM, subject: 'visitor' };

/** Strong ETags of ours only: `"3"`. */
function ifMatch(request: FastifyRequest): number {
  const header = request.headers['if-match'];
  if (header === undefined) throw new DomainError('precondition-required');
  const version = /^"(\d{1,9})"$/.exec(header)?.[1];
  if (version === undefined) throw new DomainError('if-match-malformed');
  return Number(version);
}

function claimOf(spec: EndpointSpec, request: CheckedRequest): IdempotencyClaim {
  const key = request.headers['idempotency-key'];
  if (key === undefined) throw new DomainError('idempotency-key-missing');
  if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key)) throw new DomainError('idempotency-key-malformed');
  // An upload is not read to the end only to compare it: its place, type and length have to do.
  const content = spec.upload ? [request.headers['content-type'], request.headers['content-length']] : request.body;
  const bodyHash = createHash('sha256').update(JSON.stringify([request.query, content ?? null], sorted)).digest('base64url');
  // Visitors are all one subject: only who sends the same content shares a key, and learns what they know already.
  const own = request.actor === VISITOR ? `${key} ${bodyHash}` : key;
  return { method: request.method, route: new URL(request.url, 'http://localhost').pathname, key: own, bodyHash };
}

/** The same values in another order of keys are the same request. What was checked is nested no deeper than `checkedInput` lets through. */
function sorted(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
