import { availableParallelism } from 'node:os';
import type { Figure } from './figure.js';
import { benchConsumer } from './consumer.js';
import { benchIngest } from './ingest.js';
import { benchMemory } from './memory.js';
import { benchPipeline } from './pipeline.js';
import { benchRelay } from './relay.js';
import { benchScan } from './scan.js';
import { type Server, startServer } from './server.js';

const BENCHES: Record<string, (server: Server) => Promise<Figure | Figure[]>> = { relay: benchRelay, consumer: benchConsumer, scan: benchScan, ingest: benchIngest, pipeline: benchPipeline, memory: benchMemory };

/** `npm run bench [-- name …]`: prints one line a figure; never fails for being slow. */
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !(name in BENCHES));
if (unknown.length > 0) {
  process.stderr.write(`no such benchmark: ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}\n`);
  process.exit(64);
}
process.stdout.write(`Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores\n`);
const server = await startServer();
try {
  for (const [name, bench] of Object.entries(BENCHES)) {
    if (asked.length > 0 && !asked.includes(name)) continue;
    for (const figure of [await bench(server)].flat()) process.stdout.write(`${line(figure)}\n`);
  }
} finally {
  await server.stop();
}

function line(figure: Figure): string {
  const aim = figure.aim === null ? 'stated' : `aim ${figure.atMost ? '≤' : '≥'} ${figure.aim}`;
  return `${figure.name.padEnd(18)} ${figure.ratio.toFixed(2).padStart(7)}  (${aim})  ${figure.measured} / ${figure.against}: ${figure.detail}`;
}
