import { randomUUID } from 'node:crypto';
import { DomainError, type ProblemCatalogue, type ProblemText } from '@lacollecte/contracts';
import { isTransient } from '@lacollecte/database';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Language, languageOf } from './language.js';
import { say } from './terms.js';

/** The part of a logger that errors go to. */
export interface ProblemLog {
  error(fields: object, message: string): void;
}

/** Fills `{name}` from the params, as people of this language say them. */
export function fill(text: string, params: Readonly<Record<string, string | number>>, language: Language): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(params, name) ? say(name, params[name]!, language) : whole));
}

const RETRY_AFTER: Record<string, string> = { 'not-here-yet': '2', 'try-again': '2' };
const BY_STATUS: Record<number, string> = { 404: 'not-found', 413: 'payload-too-large', 415: 'unsupported-media-type' };

/** What an error means to a client; a defect of ours is `internal`, and says no more. */
function asDomainError(error: unknown, catalogue: ProblemCatalogue): DomainError {
  if (error instanceof DomainError && Object.hasOwn(catalogue, error.code)) return error;
  if (isTransient(error)) return new DomainError('try-again');
  // What Nest and Fastify refuse by themselves: an unknown path, a body that is no JSON or too long.
  const status = error instanceof HttpException ? error.getStatus() : (error as { statusCode?: unknown } | null)?.statusCode;
  if (typeof status === 'number' && status >= 400 && status < 500) return new DomainError(BY_STATUS[status] ?? 'malformed-request');
  return new DomainError('internal');
}

/** Answers every error as RFC 9457 problem details, in the client's language, with a stable code and a trace id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly catalogue: ProblemCatalogue,
    private readonly log: ProblemLog,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = asDomainError(error, this.catalogue);
    const language = languageOf(request.headers['accept-language']);
    const traceId = /^00-([0-9a-f]{32})-/.exec(String(request.headers.traceparent ?? ''))?.[1] ?? randomUUID().replaceAll('-', '');
    const text = this.catalogue[problem.code] as ProblemText;
    // Who broke off their own upload is told nothing, and nothing of ours has failed.
    const brokenOff = request.raw.destroyed && !request.raw.complete;
    if (text.status >= 500 && !brokenOff) this.log.error({ err: error, traceId, url: request.url }, 'request failed');
    if (RETRY_AFTER[problem.code]) void reply.header('retry-after', RETRY_AFTER[problem.code]);
    if (text.status === 401) void reply.header('www-authenticate', `Bearer error="${problem.code === 'unauthenticated' ? 'invalid_request' : 'invalid_token'}"`);
    void reply
      .status(text.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('content-language', language)
      .header('vary', 'accept-language')
      .send(JSON.stringify(this.#body(problem, text, language, traceId, request.url)));
  }

  #body(problem: DomainError, text: ProblemText, language: Language, traceId: string, instance: string): object {
    return {
      type: `urn:lacollecte:problem:${problem.code}`,
      title: fill(text[language], problem.params, language),
      status: text.status,
      code: problem.code,
      instance,
      traceId,
      ...(Object.keys(problem.params).length > 0 ? { params: problem.params } : {}),
      ...(problem.fields.length > 0 ? { errors: problem.fields.map((field) => ({ pointer: field.pointer, code: field.code, detail: this.#detail(field, language) })) } : {}),
    };
  }

  #detail(field: DomainError['fields'][number], language: Language): string {
    const text = Object.hasOwn(this.catalogue, field.code) ? this.catalogue[field.code] : undefined;
    return text ? fill(text[language], field.params ?? {}, language) : String(field.params?.reason ?? field.code);
  }
}
