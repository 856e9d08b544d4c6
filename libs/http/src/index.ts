export * from './endpoint.js';
export * from './page.js';
export * from './idempotency.js';
