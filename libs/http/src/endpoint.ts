import type { Readable } from 'node:stream';
import { applyDecorators, createParamDecorator, type ExecutionContext, HttpCode, RequestMapping, RequestMethod, SetMetadata } from '@nestjs/common';
import type { Role } from '@lacollecte/contracts';
import type { Actor } from '@lacollecte/database';
import type { z } from 'zod';

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** What one route takes, gives and allows: DTO, validation, authorisation and OpenAPI come from this alone. */
export interface EndpointSpec {
  readonly summary: string;
  /** Who may call it. Missing in code means nobody: a route without a spec refuses everyone. */
  readonly roles: readonly Role[] | 'signed-in' | 'public';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** The request body is a file, handed to the handler as a stream (`input.file`). */
  readonly upload?: boolean;
  readonly returns?: z.ZodType;
  /** Success status; 200, or 201 for POST unless said. */
  readonly status?: number;
  /** Editing what a person was shown: `If-Match` is required (428) and given as `input.version` (412 when stale). */
  readonly ifMatch?: boolean;
  /** POST needs an `Idempotency-Key` unless this is false (nothing is changed, e.g. a dry run). */
  readonly idempotent?: boolean;
}

type Parsed<T, Otherwise> = T extends z.ZodType ? z.output<T> : Otherwise;

/** What a handler gets: validated parts of the request and who asks. */
export interface InputOf<S extends EndpointSpec> {
  readonly params: Parsed<S['params'], Record<string, never>>;
  readonly query: Parsed<S['query'], Record<string, never>>;
  readonly body: Parsed<S['body'], undefined>;
  readonly actor: Actor;
  /** From If-Match, where the spec asks for it. */
  readonly version: number;
  /** The upload, where the spec asks for it: as it comes, never held whole. */
  readonly file: S['upload'] extends true ? Readable : undefined;
}

export const ENDPOINT = 'lacollecte:endpoint';

/** What a route answers where all went well. */
export function successStatus(method: Method, { status }: EndpointSpec): number {
  return status ?? (method === 'POST' ? 201 : 200);
}

/** Declares a route: `@Endpoint('POST', ':lotId/submission', submitSpec)`. */
export function Endpoint(method: Method, path: string, spec: EndpointSpec): MethodDecorator {
  return applyDecorators(
    RequestMapping({ method: RequestMethod[method], path }),
    HttpCode(successStatus(method, spec)),
    SetMetadata(ENDPOINT, { method, path, spec }),
  );
}

/** Keeps the literal types of a spec, for `InputOf<typeof spec>`. */
export function spec<const S extends EndpointSpec>(value: S): S {
  return value;
}

/** The validated input of an endpoint; put on the request by the validation guard. */
export const Input = createParamDecorator((_: unknown, context: ExecutionContext) => {
  return context.switchToHttp().getRequest<{ input: unknown }>().input;
});
