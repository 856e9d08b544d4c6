import { commonProblems, openApiOf } from '@lacollecte/http';
import { PLATFORM_CONTROLLERS, platformProblems } from './platform/index.js';
import type { ServiceDefinition } from './service.js';

/** Every problem a service may answer with. */
export function problemsOf(definition: ServiceDefinition) {
  return { ...commonProblems, ...platformProblems, ...definition.problems };
}

/** The OpenAPI document of a service, platform routes included. */
export function describe(definition: ServiceDefinition): object {
  return openApiOf({
    name: definition.name,
    version: '0.1.0',
    controllers: [...definition.controllers, ...PLATFORM_CONTROLLERS],
    problems: problemsOf(definition),
  });
}
