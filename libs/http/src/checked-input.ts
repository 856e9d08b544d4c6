import { Readable } from 'node:stream';
import { DomainError, type FieldError } from '@lacollecte/contracts';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { EndpointSpec, InputOf } from './endpoint.js';
import { languageOf, validationMessages } from './language.js';

const JSON_TYPE = /^application\/json\s*(;|$)/i;
/** Deeper than any of our bodies; keeps whatever walks one later from running out of stack. */
const MAX_DEPTH = 64;
/** A body of a megabyte can be wrong in a hundred thousand places. */
const MAX_ERRORS = 100;
/** A refinement says what is wrong by a code with a text in `problems.ts`, or in a sentence. */
const CODE = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** The parts of a request as its spec wants them. Throws `validation` with every place that is wrong, or `unsupported-media-type`. */
export function checkedInput(spec: EndpointSpec, request: FastifyRequest): Pick<InputOf<EndpointSpec>, 'params' | 'query' | 'body' | 'file'> {
  const errors: FieldError[] = [];
  const error = validationMessages(languageOf(request.headers['accept-language']));
  const parse = (place: string, schema: z.ZodType | undefined, value: unknown): unknown => {
    const unusable = [...unusableTexts(place, value, 0)];
    errors.push(...unusable);
    if (!schema || unusable.length > 0) return undefined;
    const parsed = schema.safeParse(value ?? {}, { error });
    if (parsed.success) return parsed.data;
    errors.push(...parsed.error.issues.map((issue) => fieldError(place, issue)));
    return undefined;
  };
  const file = spec.upload ? upload(request) : undefined;
  if (!spec.upload) refuseOtherThanJson(request);
  const result = {
    params: parse('/params', spec.params, request.params) ?? {},
    query: parse('/query', spec.query, request.query) ?? {},
    body: spec.upload ? undefined : parse('/body', spec.body, request.body),
    file,
  };
  if (errors.length > 0) throw new DomainError('validation', {}, errors.slice(0, MAX_ERRORS));
  return result as ReturnType<typeof checkedInput>;
}

/** Whatever a client calls its file, it comes as a stream; what was parsed already (JSON, a form) is no file. */
function upload(request: FastifyRequest): Readable {
  if (request.body === undefined) return Readable.from([]);
  if (request.body instanceof Readable) return request.body;
  throw new DomainError('unsupported-media-type');
}

function refuseOtherThanJson(request: FastifyRequest): void {
  if (request.body !== undefined && !JSON_TYPE.test(request.headers['content-type'] ?? '')) throw new DomainError('unsupported-media-type');
}

function fieldError(place: string, issue: z.core.$ZodIssue): FieldError {
  const code = issue.code === 'custom' && CODE.test(issue.message) ? issue.message : issue.code;
  return { pointer: pointer(place, issue.path), code, params: { reason: issue.message } };
}

function pointer(place: string, path: readonly PropertyKey[]): string {
  return [place, ...path.map((key) => String(key).replaceAll('~', '~0').replaceAll('/', '~1'))].join('/');
}

/** Texts that PostgreSQL cannot hold (U+0000, half a surrogate pair), keys included; and what is nested beyond reason. */
function* unusableTexts(place: string, value: unknown, depth: number): Generator<FieldError> {
  if (typeof value === 'string') {
    if (value.includes('\0') || !value.isWellFormed()) yield { pointer: place, code: 'text-unusable' };
  } else if (typeof value === 'object' && value !== null) {
    if (depth === MAX_DEPTH) return yield { pointer: place, code: 'nested-too-deep' };
    for (const [key, member] of Object.entries(value)) {
      if (!Array.isArray(value)) yield* unusableTexts(place, key, depth);
      yield* unusableTexts(pointer(place, [key]), member, depth + 1);
    }
  }
}
