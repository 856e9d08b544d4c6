export * from './actor.js';
export * from './eventually.js';
export { createTestDatabase, serverUrl, type TestDatabase } from './test-database.js';
export * from './test-issuer.js';
