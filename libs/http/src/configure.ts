import type { ProblemCatalogue } from '@lacollecte/contracts';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type AuthOptions, authenticator } from './auth.js';
import { EndpointGuard } from './endpoint.guard.js';
import { EndpointInterceptor } from './endpoint.interceptor.js';
import { ProblemFilter, type ProblemLog } from './problem.filter.js';

export interface HttpOptions {
  readonly name: string;
  readonly auth: AuthOptions;
  readonly problems: ProblemCatalogue;
  readonly log: ProblemLog;
}

/** For answers that programs read: nothing to frame, run or guess, and nothing to keep, for they are about people's things. */
const HEADERS = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};

/** What to build the application on. Fastify would answer a path that it cannot even route in a form of its own. */
export function fastifyAdapter(): FastifyAdapter {
  return new FastifyAdapter({ frameworkErrors: (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => reply.headers(HEADERS).server.errorHandler(error, request, reply) });
}

/** Everything that is the same for the routes of every service. Call before `app.init()`. */
export function configureHttp(app: NestFastifyApplication, options: HttpOptions): void {
  app.setGlobalPrefix(`api/${options.name}`);
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(HEADERS);
    done();
  });
  // Whatever is not JSON (or a form, which no route takes) passes as a stream; only upload routes read it.
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser('*', (_request: unknown, payload: unknown, done: (error: null, body: unknown) => void) => done(null, payload));
  app.useGlobalGuards(new EndpointGuard(authenticator(options.auth)));
  app.useGlobalInterceptors(new EndpointInterceptor());
  app.useGlobalFilters(new ProblemFilter(options.problems, options.log));
}
