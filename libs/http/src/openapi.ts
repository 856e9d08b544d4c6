import type { ProblemCatalogue } from '@lacollecte/contracts';
import type { Type } from '@nestjs/common';
import { z } from 'zod';
import { type EndpointSpec, successStatus } from './endpoint.js';
import { type Route, routesOf } from './routes.js';
import { SharedSchemas } from './shared-schemas.js';

export interface OpenApiOptions {
  readonly name: string;
  readonly version: string;
  readonly controllers: readonly Type[];
  readonly problems: ProblemCatalogue;
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema: made }) => {
      // A format says what its pattern repeats, and whole numbers are safe ones anyway.
      if (made.format !== undefined) delete made.pattern;
      if (made.maximum === Number.MAX_SAFE_INTEGER) delete made.maximum;
      if (made.minimum === Number.MIN_SAFE_INTEGER) delete made.minimum;
    },
  }) as Record<string, unknown>;
  return rest;
}

function parameters(spec: EndpointSpec): object[] {
  const of = (place: 'path' | 'query', schema: z.ZodObject | undefined): object[] =>
    Object.entries(schema?.shape ?? {}).map(([name, type]) => ({
      name, in: place, required: place === 'path' || !(type as z.ZodType).safeParse(undefined).success, schema: jsonSchema(type as z.ZodType, 'input'),
    }));
  return [...of('path', spec.params), ...of('query', spec.query)];
}

function operation(service: string, route: Route, spec: EndpointSpec): object {
  const key = route.method === 'POST' && spec.idempotent !== false;
  const header = (name: string, description: string): object => ({ name, in: 'header', required: true, description, schema: { type: 'string' } });
  const status = String(successStatus(route.method, spec));
  const problem = { content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } };
  return {
    operationId: `${service}.${route.controller.replace(/Controller$/, '')}.${route.handler}`,
    summary: spec.summary,
    tags: [route.controller.replace(/Controller$/, '').toLowerCase()],
    'x-roles': spec.roles,
    ...(spec.roles === 'public' ? {} : { security: [{ bearer: [] }] }),
    parameters: [
      ...parameters(spec),
      ...(spec.ifMatch ? [header('If-Match', 'The ETag of what was shown, such as "3"')] : []),
      ...(key ? [header('Idempotency-Key', 'Unique to this action; the same when it is sent again')] : []),
    ],
    ...(spec.body ? { requestBody: { required: !spec.body.safeParse(undefined).success, content: { 'application/json': { schema: jsonSchema(spec.body, 'input') } } } } : {}),
    ...(spec.upload ? { requestBody: { required: true, content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } } } } : {}),
    responses: {
      [status]: { description: 'Done', ...(spec.returns ? { content: { 'application/json': { schema: jsonSchema(spec.returns, 'output') } } } : {}) },
      default: { description: 'Refused: problem details (RFC 9457)', ...problem },
    },
  };
}

/** The OpenAPI 3.1 document of a service, made from its controllers without starting it; the same each time. */
export function openApiOf({ name, version, controllers, problems }: OpenApiOptions): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routesOf(controllers)) {
    if (!route.spec) continue;
    const path = `/api/${name}${route.path === '/' ? '' : route.path}`;
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(name, route, route.spec) };
  }
  const codes = Object.keys(problems).sort();
  const shared = new SharedSchemas(paths);
  return {
    openapi: '3.1.0',
    info: { title: `LaCollecte ${name}`, version, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/' }],
    paths: shared.paths,
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: {
        ...shared.schemas,
        Problem: {
          type: 'object',
          required: ['type', 'title', 'status', 'code', 'traceId'],
          properties: {
            type: { type: 'string' }, title: { type: 'string' }, status: { type: 'integer' },
            code: { type: 'string', enum: codes }, instance: { type: 'string' }, traceId: { type: 'string' }, params: { type: 'object' },
            errors: { type: 'array', items: { type: 'object', properties: { pointer: { type: 'string' }, code: { type: 'string' }, detail: { type: 'string' } } } },
          },
        },
      },
    },
  };
}
