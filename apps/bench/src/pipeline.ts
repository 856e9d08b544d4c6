import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Figure } from './figure.js';
import { startStandalone } from './standalone.js';

const DEMO = fileURLToPath(new URL('../../demo/dist/main.js', import.meta.url));
const DEVICES = 2_000;
const A_YEAR = 50_000;

interface Report {
  readonly manifest: { readonly accepted: number };
  readonly invariants: Readonly<Record<string, number>>;
  readonly seconds: Readonly<Record<string, number>>;
}

/** From manifest to delivery, everything in one process, over the public API, against the slowest stage alone. */
export async function benchPipeline(): Promise<Figure> {
  const system = await startStandalone();
  try {
    const list = join(system.folder, 'list.csv');
    const rows = Array.from({ length: DEVICES }, (_, i) => `laptop;Dell;Latitude ${5400 + (i % 9) * 10};BENCH${String(i).padStart(6, '0')}`);
    await writeFile(list, `category;manufacturer;model;serial\n${rows.join('\n')}\n`);
    const demo = spawn(process.execPath, [DEMO, list, '--json', '--url', system.url, '--seed', '1'], { stdio: ['ignore', 'pipe', 'inherit'] });
    const report = JSON.parse(await text(demo.stdout)) as Report;
    const { total = 0, ...stages } = report.seconds;
    const [slowest, seconds] = Object.entries(stages).reduce((a, b) => (b[1] > a[1] ? b : a));
    const rate = DEVICES / total;
    return {
      name: 'pipeline', measured: 'the whole pipeline, manifest to delivery', against: `its slowest stage alone (${slowest})`, ratio: seconds / total, aim: 0.25,
      detail: `${rate.toFixed(0)} devices/s; a year of LaCollecte (${A_YEAR.toLocaleString('en')} devices) in ${(A_YEAR / rate / 60).toFixed(0)} min`,
    };
  } finally {
    await system.stop();
  }
}
