import { readFile } from 'node:fs/promises';
import { SetupError } from '@lacollecte/database';
import { OutOfReach } from '@lacollecte/system';
import { COMMANDS, Usage } from './commands/index.js';

/** `sysexits.h`: the command was used wrongly, or its environment is wrong. */
const [EX_USAGE, EX_CONFIG] = [64, 78];
const OUT_OF_REACH = 2;

async function main([name = '', ...args]: readonly string[]): Promise<number> {
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  if (args.includes('--help') || args.includes('-h') || name === '--help') {
    say((await readFile(new URL('../help.txt', import.meta.url), 'utf8')).trimEnd());
    return 0;
  }
  try {
    const command = COMMANDS.get(name);
    if (!command) throw new Usage(`${name || 'no command'}: choose one of ${[...COMMANDS.keys()].join(', ')}`);
    await command(args, process.env, say);
    return 0;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error instanceof Usage ? EX_USAGE : error instanceof OutOfReach ? OUT_OF_REACH : error instanceof SetupError ? EX_CONFIG : 1;
  }
}

process.exitCode = await main(process.argv.slice(2));
// Started by tools/launch.mjs, the channel to it would keep this process alive.
process.disconnect?.();
