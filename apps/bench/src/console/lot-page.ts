import type { Figure } from '../figure.js';
import { bare, call, type Desk, LOT, quantile } from './desk.js';

const LOADS = 10;
const AIM_MS = 1_000;

/** A gift of 1,000 devices that all were delivered: until its sentence, its bar and its first devices are there, and nothing keeps the page from answering. */
export async function benchLotPage(desk: Desk): Promise<Figure> {
  const donor = await desk.open('donor', '/donor/lots');
  const { items } = await call<{ items: { id: string; declared: number }[] }>(donor, 'GET', '/intake/lots?limit=100');
  const lot = items.find(({ declared }) => declared === LOT);
  if (!lot) throw new Error(`no lot of ${LOT} devices among ${items.length}`);
  const [loads, requests]: [number[], number[]] = [[], []];
  for (let i = 0; i < LOADS; i++) {
    requests.push(await bare(donor, `/api/intake/lots/${lot.id}`));
    await donor.goto(`/donor/lots/${lot.id}`);
    loads.push(await donor.evaluate(async () => {
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      while (!document.querySelector('[role="grid"] [role="row"]:not([aria-rowindex="1"])')) await frame();
      // What is drawn answers as soon as whatever was to be done is done.
      await frame();
      await new Promise((resolve) => setTimeout(resolve));
      return performance.now();
    }));
  }
  await donor.context().close();
  const [median, most] = [quantile(loads, 0.5), Math.max(...loads)];
  return {
    name: 'lot page', measured: `a donor's page of a lot of ${LOT.toLocaleString('en')} devices, until one can use it`, against: `${AIM_MS} ms`, ratio: median / AIM_MS, aim: 1, atMost: true,
    detail: `${median.toFixed(0)} ms, median of ${LOADS}, ${most.toFixed(0)} ms the most; a bare request for the lot takes ${quantile(requests, 0.5).toFixed(0)} ms`,
  };
}
