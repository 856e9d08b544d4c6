import type { Figure } from '../figure.js';
import { call, type Desk, quantile } from './desk.js';
import { onTheBench } from './workshop.js';

const EVENTS = 50;
const AIM_MS = 1_000;

/** How far the page of operations is behind: from the moment an operator's step is sent, its own time included, until its event is drawn. */
export async function benchOperations(desk: Desk): Promise<Figure> {
  const operator = await desk.open('operator', '/warehouse/station');
  const labels = await onTheBench(desk, operator, EVENTS);
  const operations = await desk.open('ops', '/operations/flow');
  await operations.getByText('en direct', { exact: true }).waitFor();
  const [behind, requests]: [number[], number[]] = [[], []];
  for (const label of labels) {
    const drawn = operations.evaluate(untilAnother, 'device-blocked');
    const sent = Date.now();
    await call(operator, 'POST', `/refurbishment/devices/${label}/steps`, { body: { step: 'block', reason: 'part-awaited', note: null } });
    requests.push(Date.now() - sent);
    behind.push((await drawn) - sent);
  }
  for (const page of [operator, operations]) await page.context().close();
  const [median, high] = [quantile(behind, 0.5), quantile(behind, 0.95)];
  return {
    name: 'operations', measured: 'a step sent, until the page of operations shows its event, p95', against: `${AIM_MS} ms`, ratio: high / AIM_MS, aim: 1, atMost: true,
    detail: `p50 ${median.toFixed(0)} ms, p95 ${high.toFixed(0)} ms of ${behind.length}; the step itself takes ${quantile(requests, 0.5).toFixed(0)} ms`,
  };
}

/** In the page: until it names an event of this kind that it did not name before. @returns when, as the clock has it */
async function untilAnother(type: string): Promise<number> {
  const named = (): string[] => [...document.querySelectorAll('a[href*="/traces/event/"]')].filter((link) => link.textContent?.includes(type)).map((link) => link.getAttribute('href') ?? '');
  const before = new Set(named());
  while (named().every((href) => before.has(href))) await new Promise((resolve) => requestAnimationFrame(resolve));
  return Date.now();
}
