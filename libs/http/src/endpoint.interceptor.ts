import { type Cause, requestContext } from '@lacollecte/database';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { catchError, map, Observable, of } from 'rxjs';
import type { CheckedRequest } from './endpoint.guard.js';
import { Replayed } from './idempotency.js';

const TRACEPARENT = /^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$/;
const CORRELATION = /^[\w.:-]{1,100}$/;

function causeOf(request: CheckedRequest): Cause {
  const { traceparent, 'x-correlation-id': correlation } = request.headers;
  return {
    correlationId: typeof correlation === 'string' && CORRELATION.test(correlation) ? correlation : null,
    causationId: null,
    traceparent: typeof traceparent === 'string' && TRACEPARENT.test(traceparent) ? traceparent : null,
  };
}

/** Runs the handler as who asks, answers a repeated command as before, and says the version of what is shown. */
@Injectable()
export class EndpointInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    if (context.getType() !== 'http') return next.handle();
    const request = context.switchToHttp().getRequest<CheckedRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const store = { actor: request.actor, cause: causeOf(request), idempotency: request.claim };
    return new Observable<unknown>((subscriber) => requestContext.run(store, () => next.handle().subscribe(subscriber))).pipe(
      catchError((error: unknown) => {
        if (!(error instanceof Replayed)) throw error;
        void reply.header('idempotent-replayed', 'true');
        return of(error.response);
      }),
      map((result) => {
        const version = (result as { version?: unknown } | null | undefined)?.version;
        if (typeof version === 'number') void reply.header('etag', `"${version}"`);
        return result ?? undefined;
      }),
    );
  }
}
