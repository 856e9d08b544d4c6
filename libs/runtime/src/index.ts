export { PlatformTables1700000000000 } from './migrations/platform-tables.js';
export * from './service.js';
export * from './settings.js';
export * from './unit-of-work.js';
