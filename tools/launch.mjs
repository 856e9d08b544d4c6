import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { install } from './install.mjs';
import { environment, pinnedNode, root } from './workspace.mjs';

/**
 * Installs and builds what has changed, then runs a program of this project on its own Node, in the caller's folder.
 * @returns its exit status; a signal counts as 128 + its number
 */
export async function launch(entry, args) {
  await install();
  build();
  // The channel tells the program when this process is gone, whatever ended it.
  const child = spawn(pinnedNode(), ['--enable-source-maps', join(root, entry), ...args], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'], env: environment() });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event) stopWithNpm(child);
  const [code, signal] = await new Promise((resolve, reject) => child.once('error', reject).once('exit', (...ending) => resolve(ending)));
  return code ?? 128 + constants.signals[signal];
}

/** npm waits for what it runs; where it has gone, it was killed. */
function stopWithNpm(child) {
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    child.kill('SIGTERM');
  }, 300);
  timer.unref();
}
