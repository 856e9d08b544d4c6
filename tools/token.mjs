/** `npm run --silent token -- coordinator@demo.lacollecte.tech`: an access token of the running system, alone on standard output. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine } from './command-line.mjs';
import { Failure, run, STATUS } from './fail.mjs';
import { root } from './workspace.mjs';

const USAGE = 'usage: npm run --silent token -- <e-mail> [password] [--url http://localhost:3000] [--data .data]';
const HELP = `${USAGE}
Prints an access token of the running system, alone on standard output. Without a password: that of the demonstration.`;

function runningUrl(data) {
  try {
    return JSON.parse(readFileSync(join(data, 'running.json'), 'utf8')).url;
  } catch {
    throw new Failure(STATUS.usage, `nothing runs on ${data}: start it with npm start, or give its address with --url`);
  }
}

/** Of the demonstration, unless one is given. */
async function passwordOf(given) {
  return given ?? (await import('@lacollecte/directory/demonstration')).demonstration.password;
}

await run(async () => {
  const asked = commandLine(HELP, { words: true, options: { url: { type: 'string' }, data: { type: 'string', default: join(root, '.data') } } });
  if (!asked) return 0;
  const { values, positionals } = asked;
  const [email, password] = positionals;
  if (!email) throw new Failure(STATUS.usage, USAGE);
  const url = values.url ?? runningUrl(values.data);
  const { signIn, SignInError } = await import('@lacollecte/issuer/sign-in');
  try {
    const { accessToken } = await signIn({ issuer: `${url}/oidc`, email, password: await passwordOf(password) });
    process.stdout.write(`${accessToken}\n`);
  } catch (error) {
    if (error instanceof SignInError) throw new Failure(1, error.message);
    if (error.cause?.code === 'ECONNREFUSED') throw new Failure(1, `nothing answers at ${url}: start it with npm start`);
    throw error;
  }
  return 0;
});
