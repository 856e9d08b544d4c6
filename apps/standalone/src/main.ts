import { runCli } from './cli.js';
import * as system from './standalone.js';

process.exit(await runCli(process.argv.slice(2), system));
