import { eventually } from '@lacollecte/testing';
import type { Page } from 'playwright-core';
import { announced, receive } from '../fixtures/dock.js';
import { ApiPerson } from '../fixtures/person.js';
import { inBrowser } from '../fixtures/test-console.js';

const DEVICES = 10_000;
const TEST_MS = 600_000;

interface Scrolled {
  readonly labels: readonly string[];
  /** The most rows there were at any time. */
  readonly mostRows: number;
  /** Milliseconds from each frame to the next. */
  readonly frames: readonly number[];
}

/** From the top of the table to its end, as far at a time as it is high, and what was to be read on the way. */
function scrollThrough(page: Page, count: number): Promise<Scrolled> {
  return page.evaluate(async (all) => {
    const table = document.querySelector('[role="grid"]')!;
    const labels = new Set<string>();
    const frames: number[] = [];
    let [mostRows, last] = [0, performance.now()];
    while (labels.size < all) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const now = performance.now();
      frames.push(now - last);
      last = now;
      const rows = table.querySelectorAll('[role="row"]:not([aria-rowindex="1"])');
      mostRows = Math.max(mostRows, rows.length);
      for (const row of rows) labels.add(row.querySelector('b')!.textContent);
      table.scrollTop += table.clientHeight / 2;
    }
    return { labels: [...labels], mostRows, frames };
  }, count);
}

inBrowser('all devices of a site', (running) => {
  it(`${DEVICES} are scrolled through, each is met once, few exist at a time; found by search and kept with the chosen columns`, async () => {
    const { url } = running().system;
    const monitor = { category: 'monitor', maker: 'Iiyama', model: 'B2483' };
    const labels = await receive(url, await announced(url, 'Dix mille écrans', [{ ...monitor, quantity: DEVICES }]), DEVICES, monitor);
    const operator = await ApiPerson.signIn(url, 'operator');
    const { siteIds: [siteId] } = await operator.call<{ siteIds: string[] }>('GET', '/directory/me');
    const known = async () => (await operator.call<{ benches: { devices: number }[] }>('GET', `/refurbishment/counts?siteId=${siteId}`)).benches.reduce((sum, { devices }) => sum + devices, 0) === DEVICES;
    await eventually(known, { what: 'the workshop knows them all', timeoutMs: 240_000 });

    const visit = await running().visit({ who: 'operator', path: '/warehouse/devices' });
    const { page } = visit;
    await page.getByRole('grid').waitFor();
    const { labels: met, mostRows, frames } = await scrollThrough(page, DEVICES);
    expect([...met].sort()).toEqual([...labels].sort());
    expect(mostRows).toBeLessThan(120);
    expect(await page.getByRole('grid').getAttribute('aria-rowcount')).toBe(String(DEVICES + 1));
    await visit.keep('warehouse-devices-frames.json', JSON.stringify({ devices: DEVICES, milliseconds: frames.map(Math.round) }));
    expect(await visit.accessibility()).toEqual([]);
    await visit.screenshot('warehouse-devices-end');

    await page.getByRole('grid').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: met.at(-1)! }).waitFor();

    await page.goto('/warehouse/devices');
    await page.getByRole('button', { name: 'Colonnes' }).click();
    await page.getByRole('checkbox', { name: 'Motif de blocage' }).check();
    await page.reload();
    await page.getByRole('columnheader', { name: 'Motif de blocage' }).waitFor();
    await page.getByLabel('État', { exact: true }).selectOption({ label: 'Prêt' });
    await page.getByText('Aucun appareil trouvé').waitFor();
    expect(await visit.accessibility()).toEqual([]);
    await page.goto(`/warehouse/devices?q=${labels[4321]}`);
    await page.getByRole('grid').getByText(labels[4321]!).waitFor();
    expect(await page.locator('[role="grid"] b').count()).toBe(1);
    await visit.screenshot('warehouse-devices-found');
    expect(visit.complaints).toEqual([]);
    await visit.close();
  }, TEST_MS);
});
