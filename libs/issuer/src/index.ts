export type { Account, Accounts } from './accounts.js';
export type { GatewayClient } from './configuration.js';
export { invitationLink } from './invitation-route.js';
export * from './issuer.js';
export { IssuerTables1720000000000 } from './migrations/issuer-tables.js';
export type { Demonstration } from './pages/pages.js';
export { removeExpired } from './remove-expired.js';
export { refresh, signIn, SignInError, type Tokens } from './sign-in.js';
