export * from './compose.js';
export * from './dockerfile.js';
export * from './kubernetes.js';
export * from './process.js';
export * from './schemas.js';
