import type { ProblemCatalogue } from '@lacollecte/contracts';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
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

/** Everything that is the same for the routes of every service. Call before `app.init()`. */
export function configureHttp(app: NestFastifyApplication, options: HttpOptions): void {
  app.setGlobalPrefix(`api/${options.name}`);
  // Whatever is not JSON passes as a stream; only upload routes read it.
  app.getHttpAdapter().getInstance().addContentTypeParser('*', (_request: unknown, payload: unknown, done: (error: null, body: unknown) => void) => done(null, payload));
  app.useGlobalGuards(new EndpointGuard(authenticator(options.auth)));
  app.useGlobalInterceptors(new EndpointInterceptor());
  app.useGlobalFilters(new ProblemFilter(options.problems, options.log));
}
