export * from './gateway.js';
export type { Account } from './home-page.js';
export { referenceHandler } from './reference.js';
export { remoteUpstream } from './remote-upstream.js';
