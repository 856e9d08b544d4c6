import { availableParallelism } from 'node:os';
import type { Figure } from './figure.js';
import { type Desk, startDesk } from './console/desk.js';
import { benchLotPage } from './console/lot-page.js';
import { benchOperations } from './console/operations.js';
import { benchScan as benchScanShown } from './console/scan.js';
import { benchTraceability } from './console/traceability.js';
import { benchVitals } from './console/vitals.js';
import { benchConsumer } from './consumer.js';
import { benchIngest } from './ingest.js';
import { benchMemory } from './memory.js';
import { benchPipeline } from './pipeline.js';
import { benchRelay } from './relay.js';
import { benchScan } from './scan.js';
import { type Server, startServer } from './server.js';
import { benchKafkaConsumer } from './stack/consumer.js';
import { benchGrowth } from './stack/growth.js';
import { benchLatency } from './stack/latency.js';
import { benchDistributedPipeline } from './stack/pipeline.js';
import { benchRecovery } from './stack/recovery.js';
import { benchKafkaRelay } from './stack/relay.js';
import { type Servers, startServers } from './stack/servers.js';

type Benches<S> = Record<string, (server: S) => Promise<Figure | Figure[]>>;
const BENCHES: Benches<Server> = { relay: benchRelay, consumer: benchConsumer, scan: benchScan, ingest: benchIngest, pipeline: benchPipeline, memory: benchMemory };
/** With `--stack`: on Kafka and Redis. */
const STACK: Benches<Servers> = { relay: benchKafkaRelay, consumer: benchKafkaConsumer, pipeline: benchDistributedPipeline, latency: benchLatency, recovery: benchRecovery, growth: benchGrowth };
/** With `--console`: in a browser, with 50,000 devices in the system. */
const CONSOLE: Benches<Desk> = { vitals: benchVitals, scan: benchScanShown, lot: benchLotPage, operations: benchOperations, traceability: benchTraceability };

/** `npm run bench [-- [--stack | --console] name …]`: prints one line a figure; never fails for being slow. */
const given = process.argv.slice(2);
const form = given.find((word) => word === '--stack' || word === '--console');
const asked = given.filter((word) => word !== form);
const names = Object.keys(form === '--stack' ? STACK : form === '--console' ? CONSOLE : BENCHES);
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) {
  process.stderr.write(`no such benchmark: ${unknown.join(', ')}; there are ${names.join(', ')}\n`);
  process.exit(64);
}
process.stdout.write(`Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores\n`);
if (form === '--stack') await measure(STACK, await startServers());
else if (form === '--console') await measure(CONSOLE, await startDesk());
else await measure(BENCHES, await startServer());

async function measure<S extends { stop(): Promise<void> }>(benches: Benches<S>, server: S): Promise<void> {
  try {
    for (const [name, bench] of Object.entries(benches)) {
      if (asked.length > 0 && !asked.includes(name)) continue;
      for (const figure of [await bench(server)].flat()) process.stdout.write(`${line(figure)}\n`);
    }
  } finally {
    await server.stop();
  }
}

function line(figure: Figure): string {
  const aim = figure.aim === null ? 'stated' : `aim ${figure.atMost ? '≤' : '≥'} ${figure.aim}`;
  return `${figure.name.padEnd(18)} ${figure.ratio.toFixed(2).padStart(7)}  (${aim})  ${figure.measured} / ${figure.against}: ${figure.detail}`;
}
