export { consoleHandler } from './console.js';
export * from './gateway.js';
export type { Account } from './status-page.js';
export { referenceHandler } from './reference.js';
export { remoteUpstream } from './remote-upstream.js';
export { type IssuerAccess, otherIssuer, ownIssuer } from './session/issuer-access.js';
export { SessionTable1730000000000 } from './session/migrations/session-table.js';
export { type BrowserSessions, openSessions } from './session/open-sessions.js';
export { CALLBACK } from './session/session-routes.js';
