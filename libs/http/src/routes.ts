import type { Type } from '@nestjs/common';
import { ENDPOINT, type EndpointSpec, type Method } from './endpoint.js';

/** One route of a controller; `spec` is missing where a handler was declared without one, and refuses everyone. */
export interface Route {
  readonly controller: string;
  readonly handler: string;
  readonly method: Method;
  /** Below `/api/<service>`, with `{param}`. */
  readonly path: string;
  readonly spec: EndpointSpec | undefined;
}

const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'DELETE', 'PATCH'];

/** Every route of these controllers, from their metadata alone. */
export function routesOf(controllers: readonly Type[]): Route[] {
  return controllers
    .flatMap((controller) => {
      const base = String(Reflect.getMetadata('path', controller) ?? '');
      const prototype = controller.prototype as Record<string, object>;
      return Object.getOwnPropertyNames(prototype).flatMap((handler): Route[] => {
        if (handler === 'constructor') return [];
        const path: unknown = Reflect.getMetadata('path', prototype[handler]!);
        if (typeof path !== 'string') return [];
        const declared = Reflect.getMetadata(ENDPOINT, prototype[handler]!) as { spec: EndpointSpec } | undefined;
        const method = METHODS[Number(Reflect.getMetadata('method', prototype[handler]!))] ?? 'GET';
        const segments = [base, path].flatMap((part) => part.split('/')).filter(Boolean);
        return [{ controller: controller.name, handler, method, path: `/${segments.map((s) => s.replace(/^:(\w+)$/, '{$1}')).join('/')}`, spec: declared?.spec }];
      });
    })
    .sort((a, b) => (a.path + a.method < b.path + b.method ? -1 : 1));
}
