import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import { v7 } from 'uuid';
import { Client } from './client.js';
import { donate, refurbish } from './donation.js';
import { Collector } from './collector.js';
import { announce } from './manifest.js';
import { type Scene, setScene } from './people.js';
import { System } from './system.js';

const root = fileURLToPath(new URL('../../../', import.meta.url));
let collector: Collector;
let system: System;
let scene: Scene;

beforeAll(async () => {
  const built = spawnSync(process.execPath, ['tools/build.mjs'], { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } });
  if (built.status !== 0) throw new Error(`${built.stdout}${built.stderr}`);
  collector = await Collector.start();
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  system = await System.start();
  scene = await setScene(new Client(system));
}, 180_000);
afterAll(async () => {
  delete process.env.OTEL_EXPORTER_OTLP_ENDPOINT;
  await system.stop();
  await collector.stop();
});

/** Whether somebody takes connections there. */
const isOpen = (url: string): Promise<boolean> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  return new Promise<boolean>((resolve) => socket.once('connect', () => resolve(true)).once('error', () => resolve(false))).finally(() => socket.destroy());
};

describe('a trace', () => {
  it('follows one lot over HTTP, outbox, transport, inbox and jobs of several services', async () => {
    const client = new Client(system);
    const [label] = await donate(client, scene, 2);
    await refurbish(client, scene, label!);
    await announce(client, scene, 3);
    const received = await client.until('refurbishment to apply what intake announced', async () => collector.spans.find(({ service, name }) => service === 'refurbishment' && name === 'apply tech.lacollecte.intake.device-received.v1'));
    const trace = () => collector.spans.filter(({ traceId }) => traceId === received.traceId);
    // It is a part of the request that led to it, in another process …
    const request = await client.until('the request', async () => trace().find(({ spanId }) => spanId === received.parentSpanId));
    expect(request).toMatchObject({ service: 'intake', name: 'POST /api/intake/receptions/:receptionId/devices' });
    // … and linked to the batch that it was in, which is linked to it and no part of it, as is what was sent with it.
    const batch = await client.until('the batch', async () => collector.spans.find(({ spanId }) => received.links.includes(spanId)));
    expect(batch).toMatchObject({ service: 'refurbishment', name: 'process intake.device', parentSpanId: '' });
    expect(batch.traceId).not.toBe(received.traceId);
    expect(batch.links).toContain(request.spanId);
    const sent = await client.until('what was sent', async () => collector.spans.find(({ name, links }) => name === 'send' && links.includes(request.spanId)));
    expect(sent).toMatchObject({ service: 'intake', parentSpanId: '' });
    // A job goes on where it was begun.
    const job = await client.until('a job', async () => collector.spans.find(({ service, name }) => service === 'intake' && name.startsWith('run intake-')));
    expect(await client.until('who began the job', async () => collector.spans.find(({ spanId }) => spanId === job.parentSpanId))).toMatchObject({ service: 'intake', traceId: job.traceId });
    // What the job or the event led to is in the same trace, services further on.
    const stocked = await client.until('inventory to hear of it', async () => collector.spans.find(({ service, name }) => service === 'inventory' && name.startsWith('apply tech.lacollecte.refurbishment.')));
    expect(collector.spans.find(({ spanId }) => spanId === stocked.parentSpanId)).toMatchObject({ service: 'refurbishment', traceId: stocked.traceId });
  }, 120_000);
});

describe('SIGTERM under load', () => {
  it('answers what is in hand, takes no more, keeps what it has answered, and ends with 0 and without an error', async () => {
    const client = new Client(system);
    const intake = system.process('intake');
    const working = Promise.all(Array.from({ length: 4 }, () => donate(client, scene, 4)));
    await client.until('work to be in full flow', async () => client.counts.answered > 15);
    const title = `lot ${v7()}`;
    const held = await holdRequest(`${intake.url}/lots`, await system.issuer.token(scene.donor), JSON.stringify({ title }));
    const stopped = intake.stop();
    await client.until('it to take no more', async () => !(await isOpen(intake.url)));
    const { statusCode } = await held.finish();
    expect(statusCode).toBe(201);
    await stopped;
    expect(intake.exitCode).toBe(0);
    expect(intake.logged().split('\n').filter((line) => line.includes('"level":50') || line.includes('"level":60') || /^\s*at /.test(line))).toEqual([]);
    await intake.start();
    await working;
    expect((await client.all(scene.donor, 'intake/lots')).filter((lot) => lot.title === title)).toHaveLength(1);
    expect(await client.broken()).toEqual([]);
    expect(await system.violations()).toEqual([]);
  }, 180_000);
});

/** A request whose head has arrived (the server says: continue) and whose body has not. */
async function holdRequest(url: string, token: string, body: string): Promise<{ finish(): Promise<IncomingMessage> }> {
  const headers = { authorization: `Bearer ${token}`, 'idempotency-key': v7(), 'content-type': 'application/json', 'content-length': Buffer.byteLength(body), expect: '100-continue' };
  const sending = request(url, { method: 'POST', headers });
  sending.flushHeaders();
  await once(sending, 'continue');
  return {
    finish: async () => {
      sending.end(body);
      const [response] = (await once(sending, 'response')) as [IncomingMessage];
      response.resume();
      await once(response, 'end');
      return response;
    },
  };
}
