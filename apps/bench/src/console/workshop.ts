import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { call, type Desk } from './desk.js';

interface Lot {
  readonly id: string;
  readonly version: number;
}

/** As many as a site takes in at once. */
export const TAKEN_IN = 200;

/** Monitors at the operator's site that wait for their diagnosis, at most 200. @returns their labels */
export async function onTheBench(desk: Desk, operator: Page, count: number): Promise<string[]> {
  const [donor, coordinator] = [await desk.open('donor', '/donor/lots'), await desk.open('coordinator', '/coordination/inbox')];
  const { siteIds: [siteId] } = await call<{ siteIds: string[] }>(operator, 'GET', '/directory/me');
  const device = { category: 'monitor', maker: 'Iiyama', model: 'B2483' };
  const lot = await call<Lot>(donor, 'POST', '/intake/lots', { body: { title: 'Banc' } });
  const drawn = await call<Lot>(donor, 'POST', `/intake/lots/${lot.id}/lines`, { version: lot.version, body: { lines: [{ ...device, quantity: count }] } });
  const submitted = await call<Lot>(donor, 'POST', `/intake/lots/${lot.id}/submission`, { version: drawn.version });
  await call(coordinator, 'POST', `/intake/lots/${lot.id}/acceptance`, { version: submitted.version, body: { siteId, brought: true } });
  const session = await call<Lot>(operator, 'POST', `/intake/lots/${lot.id}/receptions`, { body: { siteId, packages: [] } });
  const { labels } = await call<{ labels: string[] }>(operator, 'POST', '/intake/label-rolls', { body: { siteId, count } });
  await call(operator, 'POST', `/intake/receptions/${session.id}/scans`, { body: { scans: labels.map((label) => ({ label, ...device })) } });
  const waiting = async () => (await call<{ benches: { bench: string; devices: number }[] }>(operator, 'GET', `/refurbishment/counts?siteId=${siteId}`)).benches.find(({ bench }) => bench === 'diagnosis')?.devices ?? 0;
  while ((await waiting()) < count) await sleep(100);
  for (const page of [donor, coordinator]) await page.context().close();
  return labels;
}
