export { createAdminInvitation } from './commands/create-admin-invitation.js';
export { seedDemonstration } from './commands/seed-demonstration.js';
export { demonstration, type DemonstrationAccount } from './demonstration.js';
export { directoryService } from './directory.service.js';
export { signInAccounts } from './sign-in-accounts.js';
