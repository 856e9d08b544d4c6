import { demonstration } from '@lacollecte/directory/demonstration';
import { type Plan, urlOf } from './programs.js';
import { type Server, SOURCE_WORDS } from './servers.js';

/** Everything that has an address, with it, in lines. */
export function welcome({ url, plans, servers, folder }: { url: string; plans: readonly Plan[]; servers: readonly Server[]; folder: string }): string {
  const rows = [
    ...[...plans.slice(-1), ...plans.slice(0, -1)].map((one) => [one.name, urlOf(one), `metrics http://127.0.0.1:${one.metricsPort}/metrics`]),
    ...servers.map(({ name, url: address, source }) => [name, withoutPassword(address), SOURCE_WORDS[source]]),
  ];
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const accounts = demonstration.accounts.map(({ email, roles }) => `  ${email}  ${roles.join(', ')}`);
  return [
    '', `LaCollecte is ready: ${url}`, '',
    ...rows.map(([name, address, more]) => `  ${name!.padEnd(widths[0]!)}  ${address!.padEnd(widths[1]!)}  ${more}`),
    '', `Sign in with the password ${demonstration.password} as one of:`, ...accounts,
    '', `Logs: ${folder}/log. In another terminal: npm run demo, npm run check.`, 'Ctrl-C stops it all; so does npm run stack -- --down from another terminal.',
  ].join('\n');
}

/** What is shown on a screen is read by who passes. */
function withoutPassword(address: string): string {
  return address.replace(/^(\w+:\/\/[^:@/]*):[^@/]*@/, '$1@');
}
