export * from './envelope.js';
export * from './handler.js';
export * from './job.js';
export * from './outbox.js';
