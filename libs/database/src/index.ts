export * from './actor.js';
export * from './context.js';
export * from './database.js';
export * from './policy.js';
export * from './tx.js';
