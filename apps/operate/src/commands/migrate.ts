import { provision, type RolePasswords } from '@lacollecte/database';
import { migrateQueues, PLATFORM_MIGRATIONS } from '@lacollecte/messaging';
import { DEFINITIONS, SESSIONS } from '@lacollecte/system';
import { type Command, required, Usage } from './command.js';

const ROLES = ['owner', 'app', 'worker'] as const;

/**
 * Brings the roles, database and tables of every service, and of the gateway, up to date. Each role's password is the one in its address, which the
 * service reads too: `INTAKE_OWNER_URL`, `INTAKE_APP_URL`, `INTAKE_WORKER_URL` …
 */
export const migrate: Command = async (args, env, say) => {
  if (args.length > 0) throw new Usage(`${args[0]}: migrate takes no arguments`);
  const admin = required(env, 'POSTGRES_ADMIN_URL');
  const services = DEFINITIONS.map(({ name, migrations }) => ({ name, migrations: [...PLATFORM_MIGRATIONS, ...migrations] as readonly Function[] }));
  for (const { name, migrations } of [...services, SESSIONS]) {
    const passwords = Object.fromEntries(ROLES.map((role) => [role, passwordOf(required(env, variableOf(name, role)), variableOf(name, role))])) as unknown as RolePasswords;
    await provision(admin, name, migrations, passwords);
    say(`${name}: up to date`);
  }
  const queues = env['QUEUES_URL'];
  if (queues?.startsWith('postgres')) {
    await migrateQueues(queues);
    say('queues: up to date');
  }
};

export function variableOf(service: string, role: (typeof ROLES)[number]): string {
  return `${service.toUpperCase()}_${role.toUpperCase()}_URL`;
}

function passwordOf(url: string, variable: string): string {
  const password = URL.canParse(url) ? decodeURIComponent(new URL(url).password) : '';
  if (!password) throw new Usage(`${variable}: an address with a password is needed, postgres://role:password@host:port/database`);
  return password;
}
