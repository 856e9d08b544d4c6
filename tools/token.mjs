/** `npm run --silent token -- coordinator@demo.lacollecte.tech`: an access token of the running system, alone on standard output. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from './command-line.mjs';
import { Failure, run, STATUS } from './fail.mjs';
import { root } from './workspace.mjs';

const USAGE = 'usage: npm run --silent token -- <e-mail> [password] [--issuer <address>] [--url http://localhost:3000] [--data .data]';
const HELP = `${USAGE}
Prints an access token of the running system, alone on standard output. Without a password: that of the demonstration.
--issuer, or OIDC_ISSUER in the environment: where people sign in, if not at the system itself; with docker compose
http://localhost:8080/realms/lacollecte`;

/** Of what runs on the data folder, or as a stack below it. */
function runningUrl(data) {
  for (const folder of [data, join(data, 'stack')]) {
    try {
      return JSON.parse(readFileSync(join(folder, 'running.json'), 'utf8')).url;
    } catch {
      // Nothing runs there.
    }
  }
  throw new Failure(STATUS.usage, `nothing runs on ${data}: start it with npm start, or give its address with --url or its issuer's with --issuer`);
}

/** Of the demonstration, unless one is given. */
async function passwordOf(given) {
  return given ?? (await import('@lacollecte/directory/demonstration')).demonstration.password;
}

await run(async () => {
  const asked = commandLine(HELP, { words: true, options: { issuer: { type: 'string' }, url: { type: 'string' }, data: { type: 'string', default: join(root, '.data') } } });
  if (!asked) return 0;
  const { values, positionals } = asked;
  const [email, password] = positionals;
  if (!email) throw new Failure(STATUS.usage, USAGE);
  // As each service reads it.
  const issuer = values.issuer ?? process.env.OIDC_ISSUER ?? `${values.url ?? runningUrl(values.data)}/oidc`;
  const { signIn, SignInError } = await import('@lacollecte/issuer/sign-in');
  try {
    const { accessToken } = await signIn({ issuer, email, password: await passwordOf(password) });
    process.stdout.write(`${accessToken}\n`);
  } catch (error) {
    if (error instanceof SignInError) throw new Failure(1, error.message);
    throw error;
  }
  return 0;
});
