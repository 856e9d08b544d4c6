export * from './kafka.js';
export { freePorts, type Program } from './program.js';
export * from './redis.js';
