import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Figure } from '../figure.js';
import { bare, type Desk, quantile } from './desk.js';
import { onTheBench } from './workshop.js';

const SCANS = 100;
/** The first ones compile and plan. */
const WARM_UP = 10;
const AIM_MS = 150;
/** Nobody scans faster by hand. */
const BETWEEN_MS = 300;

/** How long an operator waits: from the line feed of the scanner to what the page says of the device, drawn. */
export async function benchScan(desk: Desk): Promise<Figure[]> {
  const operator = await desk.open('operator', '/warehouse/station');
  const labels = await onTheBench(desk, operator, SCANS + WARM_UP);
  await operator.goto('/warehouse/station');
  const shown = await each(operator, labels, 'h2');
  await operator.goto('/warehouse/series');
  await operator.locator('select').first().selectOption('diagnose');
  const done = await each(operator, labels, 'li[data-state="done"]');
  await operator.context().close();
  return [
    { name: 'scan shown', measured: 'scan to the device with its next step on the page, p95', against: `${AIM_MS} ms`, ...told(shown) },
    { name: 'scan done', measured: 'scan in series to its step accepted on the page, p95', against: `${AIM_MS} ms`, ...told(done) },
  ];
}

interface Times {
  readonly pages: readonly number[];
  readonly requests: readonly number[];
}

function told({ pages, requests }: Times): Pick<Figure, 'ratio' | 'aim' | 'atMost' | 'detail'> {
  const [median, high, most] = [0.5, 0.95, 1].map((share) => quantile(pages, share)) as [number, number, number];
  return {
    ratio: high / AIM_MS, aim: 1, atMost: true,
    detail: `p50 ${median.toFixed(0)} ms, p95 ${high.toFixed(0)} ms, the most ${most.toFixed(0)} ms of ${pages.length}; a bare request for the device p50 ${quantile(requests, 0.5).toFixed(0)} ms, p95 ${quantile(requests, 0.95).toFixed(0)} ms`,
  };
}

/** Scans each label in its turn, beside a bare request for that device, three a second. `selector`: of the element that names it when it is done. */
async function each(page: Page, labels: readonly string[], selector: string): Promise<Times> {
  const [pages, requests]: [number[], number[]] = [[], []];
  await page.getByRole('heading', { level: 1 }).click();
  for (const label of labels) {
    await sleep(BETWEEN_MS);
    requests.push(await bare(page, `/api/refurbishment/devices/${label}`));
    const drawn = page.evaluate(untilDrawn, { label, selector });
    await page.keyboard.type(label);
    await page.keyboard.press('Enter');
    pages.push(await drawn);
  }
  return { pages: pages.slice(WARM_UP), requests: requests.slice(WARM_UP) };
}

/** In the page: from its next line feed until an element names the label and a frame with it has begun. */
function untilDrawn({ label, selector }: { label: string; selector: string }): Promise<number> {
  return new Promise((resolve) => {
    let begun = Number.NaN;
    document.addEventListener('keydown', function hear(event: Event) {
      if ((event as unknown as { key: string }).key !== 'Enter') return;
      begun = event.timeStamp;
      document.removeEventListener('keydown', hear, { capture: true });
    }, { capture: true });
    const look = (): void => {
      const named = [...document.querySelectorAll(selector)].some((element) => element.textContent?.includes(label));
      if (named && !Number.isNaN(begun)) resolve(performance.now() - begun);
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
}
