export * from './databases.js';
export { DEFINITIONS } from './definitions.js';
export * from './front.js';
export * from './open-databases.js';
