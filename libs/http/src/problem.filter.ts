import { randomUUID } from 'node:crypto';
import { DomainError, type ProblemCatalogue, type ProblemText } from '@lacollecte/contracts';
import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** The part of a logger that errors go to. */
export interface ProblemLog {
  error(fields: object, message: string): void;
}

/** Fills `{name}` from the params. */
export function fill(text: string, params: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(params, name) ? String(params[name]) : whole));
}

/** SQLSTATE classes that pass by themselves: connection, rollback, resources, operator, lock not had, system. */
const TRANSIENT = /^(08|40|53|55|57|58)/;
const RETRY_AFTER: Record<string, string> = { 'not-here-yet': '2', 'try-again': '2' };
const BY_STATUS: Record<number, string> = { 400: 'malformed-request', 404: 'not-found', 413: 'payload-too-large', 415: 'unsupported-media-type' };

/** What an error means to a client; a defect of ours is `internal`, and says no more. */
function asDomainError(error: unknown, catalogue: ProblemCatalogue): DomainError {
  if (error instanceof DomainError && error.code in catalogue) return error;
  const { code, statusCode, message } = error as { code?: unknown; statusCode?: unknown; message?: unknown };
  const status = error instanceof HttpException ? error.getStatus() : statusCode;
  const known = typeof status === 'number' ? BY_STATUS[status] : undefined;
  if (known) return new DomainError(known, { reason: typeof message === 'string' ? message : '' });
  if (typeof code === 'string' && (TRANSIENT.test(code) || /^E(CONN|TIMEDOUT|PIPE)/.test(code))) return new DomainError('try-again');
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
    if (text.status >= 500) this.log.error({ err: error, traceId, url: request.url }, 'request failed');
    if (RETRY_AFTER[problem.code]) void reply.header('retry-after', RETRY_AFTER[problem.code]);
    if (text.status === 401) void reply.header('www-authenticate', `Bearer error="${problem.code === 'unauthenticated' ? 'invalid_request' : 'invalid_token'}"`);
    void reply
      .status(text.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('content-language', language)
      .send(JSON.stringify(this.#body(problem, text, language, traceId, request.url)));
  }

  #body(problem: DomainError, text: ProblemText, language: Language, traceId: string, instance: string): object {
    return {
      type: `urn:lacollecte:problem:${problem.code}`,
      title: fill(text[language], problem.params),
      status: text.status,
      code: problem.code,
      instance,
      traceId,
      ...(Object.keys(problem.params).length > 0 ? { params: problem.params } : {}),
      ...(problem.fields.length > 0 ? { errors: problem.fields.map((field) => ({ pointer: field.pointer, code: field.code, detail: this.#detail(field, language) })) } : {}),
    };
  }

  #detail(field: DomainError['fields'][number], language: Language): string {
    const text = this.catalogue[field.code];
    return text ? fill(text[language], field.params ?? {}) : String(field.params?.reason ?? field.code);
  }
}
