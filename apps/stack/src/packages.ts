import { createInterface } from 'node:readline/promises';
import { type Missing, run } from '@lacollecte/servers';
import type { Site } from './site.js';

/** What apt-get can install, never without a yes. */
export class Packages {
  constructor(private readonly site: Pick<Site, 'consent' | 'env' | 'signal' | 'say'>) {}

  /** Installs what is missing. @returns false where it cannot, or may not @throws Error of apt-get */
  async install(missing: Missing): Promise<boolean> {
    const { consent, env, signal, say } = this.site;
    if (consent === 'refused') return false;
    const works = (command: string, args: readonly string[]): Promise<boolean> => run(command, args, { env }).then(() => true, () => false);
    if (!(await works('apt-get', ['--version']))) return false;
    const asRoot = process.getuid?.() === 0 ? [] : ['sudo'];
    if (asRoot.length > 0 && !(await works('sudo', ['--version']))) return false;
    if (consent === 'ask' && !(await this.#agreed(missing))) return false;
    const apt = (...args: string[]): Promise<string> => {
      const [command, ...rest] = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q', ...args];
      return run(command!, rest, { env, signal });
    };
    say('  asking apt-get what there is');
    await apt('update');
    const names: string[] = [];
    for (const alternatives of missing.packages) {
      const known = await Promise.all(alternatives.map((name) => works('apt-cache', ['show', name])));
      names.push(alternatives[Math.max(0, known.indexOf(true))]!);
    }
    say(`  installing ${names.join(', ')}`);
    await apt('install', '-y', '--no-upgrade', '--no-install-recommends', ...names);
    return true;
  }

  async #agreed(missing: Missing): Promise<boolean> {
    const question = createInterface({ input: process.stdin, output: process.stdout });
    try {
      const answer = await question.question(`${missing.message}. Have apt-get install it? [y/N] `, { signal: this.site.signal });
      return /^y(es)?$/i.test(answer.trim());
    } finally {
      question.close();
    }
  }
}
