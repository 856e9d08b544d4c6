import type { Page } from 'playwright-core';
import type { Figure } from '../figure.js';
import { type Account, bare, type Desk, quantile } from './desk.js';

const LANDINGS: Record<Account, string> = {
  donor: '/donor/lots', operator: '/warehouse/station', coordinator: '/coordination/inbox', structure: '/structure/needs', ops: '/operations/flow', admin: '/administration/people',
};
const LOADS = 5;
const [LCP_MS, SHIFT] = [1_500, 0.05];

interface Vitals {
  /** Largest Contentful Paint, in milliseconds from the beginning of the navigation. */
  readonly lcp: number;
  /** Cumulative Layout Shift, of what nobody caused by a key or a click. */
  readonly cls: number;
}

/** How each landing page comes up, whose assets the browser has already: where everybody begins their day. */
export async function benchVitals(desk: Desk): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [account, path] of Object.entries(LANDINGS) as [Account, string][]) {
    const page = await desk.open(account, path);
    const [loads, requests]: [Vitals[], number[]] = [[], []];
    for (let i = 0; i < LOADS; i++) {
      requests.push(await bare(page, '/'));
      loads.push(await vitals(page, path));
    }
    await page.context().close();
    const [lcp, cls, request] = [quantile(loads.map((one) => one.lcp), 0.5), Math.max(...loads.map((one) => one.cls)), quantile(requests, 0.5)];
    figures.push({
      name: 'largest paint', measured: `LCP of ${path}`, against: `${LCP_MS} ms`, ratio: lcp / LCP_MS, aim: 1, atMost: true,
      detail: `${lcp.toFixed(0)} ms, median of ${LOADS}; a bare request for the page itself takes ${request.toFixed(0)} ms`,
    });
    figures.push({ name: 'layout shift', measured: `CLS of ${path}`, against: `${SHIFT}`, ratio: cls / SHIFT, aim: 1, atMost: true, detail: `${cls.toFixed(3)}, the most of ${LOADS}` });
  }
  return figures;
}

/** What a browser tells of both; the types here are Node's, which knows neither. */
interface Entry {
  readonly startTime: number;
  readonly value: number;
  readonly hadRecentInput: boolean;
}

async function vitals(page: Page, path: string): Promise<Vitals> {
  await page.goto(path);
  await page.locator('h1').waitFor();
  await page.waitForLoadState('networkidle');
  return page.evaluate(async () => {
    const entries = (type: string) =>
      new Promise<Entry[]>((resolve) => {
        const observer = new PerformanceObserver((list) => resolve(list.getEntries() as unknown as Entry[]));
        observer.observe({ type: type as 'mark', buffered: true });
        // A page that did not shift has no entry to wait for.
        setTimeout(() => resolve([]), 500);
      });
    const [paints, shifts] = [await entries('largest-contentful-paint'), await entries('layout-shift')];
    return { lcp: paints.at(-1)?.startTime ?? Number.NaN, cls: shifts.filter((shift) => !shift.hadRecentInput).reduce((sum, { value }) => sum + value, 0) };
  });
}
