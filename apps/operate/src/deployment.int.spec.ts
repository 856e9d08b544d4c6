import { composeProcesses, kubernetesProcesses, noRenderer, type Process, render } from '@lacollecte/deployment';
import { COMMANDS } from './commands/index.js';

/** Which variables a command asks for: it is given those that are said, none of which leads anywhere, and ends. */
async function variablesAsked({ args: [name = '', ...args], environment }: Process): Promise<string[]> {
  const asked = new Set<string>();
  const given = new Proxy({} as NodeJS.ProcessEnv, {
    get: (_, variable: string) => {
      asked.add(variable);
      return environment[variable] === undefined ? undefined : NOWHERE[/^[a-z]+/.exec(environment[variable] ?? scheme(variable))![0]];
    },
  });
  await expect(COMMANDS.get(name)!(args, given, () => undefined)).rejects.toThrow();
  return [...asked];
}

const NOWHERE: Record<string, string> = { postgres: 'postgres://nobody:nothing@127.0.0.1:1/nowhere', kafka: 'kafka://127.0.0.1:1', redis: 'redis://127.0.0.1:1' };
const scheme = (variable: string): string => (variable === 'TRANSPORT_URL' ? 'kafka' : 'postgres');
