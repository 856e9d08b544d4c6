/** @throws Usage, or an Error with what to do */
export type Command = (args: readonly string[], env: NodeJS.ProcessEnv, say: (line: string) => void) => Promise<void>;

/** The command was used wrongly. */
export class Usage extends Error {}

export function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Usage(`${name} is not set; see npm run operate -- --help`);
  return value;
}
