import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** Runs a program to its end and gives what it printed. @throws Error with the last lines that it printed */
export async function run(command: string, args: readonly string[], options: { env?: NodeJS.ProcessEnv; signal?: AbortSignal } = {}): Promise<string> {
  try {
    const { stdout, stderr } = await execute(command, args, { maxBuffer: 16_000_000, env: process.env, ...options });
    return `${stdout}${stderr}`;
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as { stdout?: string; stderr?: string; message: string };
    const printed = `${stdout}${stderr}`.trim().split('\n').slice(-5).join(' | ');
    throw new Error(`${command}: ${printed || message}`, { cause: error });
  }
}
