import type { MessagingObserver, Span } from '@lacollecte/messaging';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** A span for each request, where requests are traced: what they lead to carries it on, as if the client had begun it. */
export function traceRequests(app: NestFastifyApplication, observer: MessagingObserver): void {
  const spans = new WeakMap<object, Span>();
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRequest', (request, _reply, done) => {
    const { traceparent } = request.headers;
    const route = request.routeOptions.url ?? 'unknown';
    const span = observer.trace(`${request.method} ${route}`, () => ({
      kind: 'server', parent: typeof traceparent === 'string' ? traceparent : null, attributes: { 'http.request.method': request.method, 'http.route': route },
    }));
    if (span) {
      request.headers.traceparent = span.traceparent;
      spans.set(request, span);
    }
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    spans.get(request)?.end(reply.statusCode >= 500 ? `status ${reply.statusCode}` : undefined);
    done();
  });
}
