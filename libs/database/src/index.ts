export * from './actor.js';
export * from './context.js';
export * from './database.js';
export { type EmbeddedPostgres, startPostgres, stopPostgres } from './embedded-postgres.js';
export * from './policy.js';
export { newPasswords, ownDatabase, type ProvisionedUrls, provision, type RolePasswords, urlsOf } from './provision.js';
export * from './setup-error.js';
export * from './transient.js';
export * from './tx.js';
