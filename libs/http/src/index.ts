export { type AuthOptions, authenticator } from './auth.js';
export * from './configure.js';
export * from './endpoint.js';
export * from './idempotency.js';
export * from './openapi.js';
export * from './page.js';
export { languageOf } from './language.js';
export { fill } from './problem.filter.js';
export * from './problems.js';
