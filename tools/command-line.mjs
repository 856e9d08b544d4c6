import { parseArgs } from 'node:util';
import { Failure, STATUS } from './fail.mjs';

/**
 * What a tool was asked, or undefined once `--help` was answered with `help`.
 * @param options as for parseArgs; `words`: whether it takes arguments besides
 * @throws Failure of one line for what it does not take
 */
export function commandLine(help, { options = {}, words = false } = {}) {
  let asked;
  try {
    asked = parseArgs({ options: { ...options, help: { type: 'boolean', short: 'h' } }, allowPositionals: words });
  } catch (error) {
    throw new Failure(STATUS.usage, `${error.message.split(/\. |\n/)[0]}: see --help`);
  }
  if (!asked.values.help) return asked;
  process.stdout.write(`${help}\n`);
  return undefined;
}
