import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
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
  let asked = false;
  const ask = (signal) => {
    asked = true;
    child.kill(signal);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, ask);
  // After a Ctrl-C it has been asked already, and a second time would mean: at once.
  if (process.env.npm_lifecycle_event) whenNpmIsGone(() => asked || ask('SIGTERM'));
  const [code, signal] = await new Promise((resolve, reject) => child.once('error', reject).once('exit', (...ending) => resolve(ending)));
  return code ?? 128 + constants.signals[signal];
}

/** npm waits for what it runs; where it has gone, it was killed. Between the two there may be a shell, which stays. */
function whenNpmIsGone(act) {
  const above = () => `${process.ppid} ${parentOf(process.ppid)}`;
  const npm = above();
  const timer = setInterval(() => {
    if (above() === npm) return;
    clearInterval(timer);
    act();
  }, 200);
  timer.unref();
}

/** Undefined without /proc; there, shells give way to the one program they run. */
function parentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /s, '').split(' ')[1];
  } catch {
    return undefined;
  }
}
