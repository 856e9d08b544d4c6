import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import type { Running } from './standalone.js';

const DEMO = fileURLToPath(new URL('../../demo/dist/main.js', import.meta.url));

interface Report {
  /** Of each stage, and in total. */
  readonly seconds: Readonly<Record<string, number>>;
}

/** Carries a list of so many devices from manifest to delivery, over the public API. `name`: of its serials. @throws where it went wrong */
export async function carry(system: Running, devices: number, name = 'BENCH'): Promise<{ total: number; stages: Record<string, number> }> {
  const list = join(system.folder, `${name}.csv`);
  const rows = Array.from({ length: devices }, (_, i) => `laptop;Dell;Latitude ${5400 + (i % 9) * 10};${name}${String(i).padStart(6, '0')}`);
  await writeFile(list, `category;manufacturer;model;serial\n${rows.join('\n')}\n`);
  const demo = spawn(process.execPath, [DEMO, list, '--json', '--url', system.url, '--seed', '1'], { stdio: ['ignore', 'pipe', 'ignore'] });
  const said = await text(demo.stdout);
  if (said === '') throw new Error(`the demonstration of ${devices} devices told nothing`);
  const { total = 0, ...stages } = (JSON.parse(said) as Report).seconds;
  return { total, stages };
}
