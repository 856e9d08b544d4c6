import type { Pool } from '@lacollecte/database';
import { demonstration, signInAccounts } from '@lacollecte/directory';
import { type Account, CALLBACK } from '@lacollecte/gateway';
import { type Issuer, startIssuer } from '@lacollecte/issuer';
import type { Log } from '@lacollecte/runtime';

/** What the accounts do, in words; the others are named after their role. */
const ROLE_WORDS: Record<string, { fr: string; en: string }> = {
  donor: { fr: 'donateur', en: 'donor' },
  coordinator: { fr: 'coordination', en: 'coordinator' },
  operator: { fr: 'atelier', en: 'operator' },
  structure: { fr: 'structure', en: 'structure' },
  relay: { fr: 'relais numérique', en: 'relay' },
  ops: { fr: 'exploitation', en: 'operations' },
  admin: { fr: 'administration', en: 'administration' },
};

/** What the front door shows of a demonstration. */
export function shownAccounts(): { accounts: Account[]; password: string } {
  const accounts = demonstration.accounts.map(({ email, roles }) => ({ email, role: ROLE_WORDS[roles.at(-1)!]! }));
  return { accounts, password: demonstration.password };
}

/** Sign-in by ourselves. `pool`: the directory's worker; `issuer`: what tokens say, the same for the life of an installation. */
export function startOwnIssuer(pool: Pool, { issuer, demo, log }: { issuer: string; demo: boolean; log: Log }): Promise<Issuer> {
  return startIssuer({
    issuer,
    pool,
    accounts: signInAccounts(pool, { demo }),
    gateway: { callback: CALLBACK, signedOut: '/', apply: '/apply' },
    demonstration: demo ? { password: demonstration.password, accounts: demonstration.accounts.map(({ email, name, roles }) => ({ email, name, roles })) } : null,
    onError: (err) => log.error({ err }, 'the issuer failed'),
  });
}
