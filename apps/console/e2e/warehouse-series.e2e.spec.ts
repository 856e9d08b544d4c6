import type { Page } from 'playwright-core';
import { eventually } from '@lacollecte/testing';
import { onTheBench, sheetOf } from '../fixtures/bench.js';
import { ApiPerson } from '../fixtures/person.js';
import { inBrowser } from '../fixtures/test-console.js';

async function scan(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

const LANGUAGES = {
  fr: { choose: 'Faire avancer à l’étape', lines: 'Scans de cette série', sound: 'Son', paste: 'Coller une liste', labels: 'Étiquettes', advance: 'Avancer 3 appareils', waiting: 'Dans l’ordre d’envoi', tasks: 'À regarder sur ce site', end: 'Marquer', series: 'En série', station: 'Poste' },
  en: { choose: 'Advance to', lines: 'Scans of this series', sound: 'Sound', paste: 'Paste a list', labels: 'Labels', advance: 'Advance 3 devices', waiting: 'In the order of sending', tasks: 'To look at on this site', end: 'Mark', series: 'In series', station: 'Station' },
} as const;

/** Every page is examined for accessibility, which takes long where much else runs. */
const TEST_MS = 300_000;

inBrowser('in series', (running) => {
  const steps = async (operator: ApiPerson, label: string) => (await sheetOf(operator, label)).history.map(({ step }) => step);

  it.each([{ language: 'fr', size: 'desktop' }, { language: 'en', size: 'phone' }, { language: 'fr', size: 'tablet' }] as const)('advances scan after scan, and a list at once ($language, $size)', async (options) => {
    const said = LANGUAGES[options.language];
    const { url } = running().system;
    const labels = await onTheBench(url, 'Écrans en série', 'monitor', 5);
    const operator = await ApiPerson.signIn(url, 'operator');
    const visit = await running().visit({ who: 'operator', path: '/warehouse/series', ...options });
    const { page } = visit;
    await page.getByLabel(said.choose).selectOption('diagnose');
    await page.getByRole('switch', { name: said.sound }).click({ force: true });
    await page.reload();
    expect(await page.getByRole('switch', { name: said.sound }).isChecked()).toBe(false);
    expect(await page.getByLabel(said.choose).inputValue()).toBe('diagnose');
    expect(await visit.accessibility()).toEqual([]);

    await page.getByRole('heading', { level: 1 }).click();
    for (const text of [labels[0]!, labels[1]!, 'LC-0000-0000']) await scan(page, text);
    const lines = page.getByRole('list', { name: said.lines }).getByRole('listitem');
    await page.waitForFunction(() => document.querySelectorAll('li[data-state="failed"]').length === 1 && document.querySelectorAll('li[data-state="done"]').length === 2);
    expect(await lines.first().innerText()).toContain('LC-0000-0000');
    expect(await page.getByRole('group', { name: /^(Décompte|Count)$/ }).innerText()).toMatch(/^2\s+(faits|done)\s+1\s+(refusés|refused)\s+0\s/);

    await page.getByRole('button', { name: said.paste }).click();
    await page.getByLabel(said.labels).fill(labels.slice(2).join('\n'));
    expect(await visit.accessibility()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: said.advance }).click();
    await page.waitForFunction(() => document.querySelectorAll('li[data-state="done"]').length === 5);
    for (const label of labels) expect(await steps(operator, label)).toEqual(['diagnose', 'arrive']);
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot('warehouse-series');
    expect(visit.complaints).toEqual([]);
    await visit.close();
  }, TEST_MS);

  it('takes 50 scans in a row with the network cut for 20 of them: none is lost, none is doubled, and a reload in between keeps them', async () => {
    const { url } = running().system;
    const labels = await onTheBench(url, 'Cinquante écrans', 'monitor', 50);
    const operator = await ApiPerson.signIn(url, 'operator');
    const visit = await running().visit({ who: 'operator', path: '/warehouse/series' });
    const { page, context } = visit;
    await page.getByLabel(LANGUAGES.fr.choose).selectOption('diagnose');
    // The pages are there without a network from now on.
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await page.getByRole('heading', { level: 1 }).click();
    for (const label of labels.slice(0, 15)) await scan(page, label);
    await page.waitForFunction(() => document.querySelectorAll('li[data-state="done"]').length === 15);
    await context.setOffline(true);
    for (const label of labels.slice(15, 27)) await scan(page, label);
    // What is counted is on the disk.
    await page.getByText(/Pas de réseau.*12 actions attendent d’être envoyées/).waitFor();

    await page.reload();
    await page.getByRole('heading', { level: 1, name: 'En série' }).waitFor();
    const waiting = page.getByRole('list', { name: LANGUAGES.fr.waiting }).getByRole('listitem');
    await waiting.nth(11).waitFor();
    for (const label of labels.slice(27, 35)) await scan(page, label);
    await waiting.nth(19).waitFor();
    expect((await waiting.allInnerTexts()).map((text) => text.slice(0, 12))).toEqual(labels.slice(15, 35));
    expect(await visit.accessibility()).toEqual([]);
    await visit.screenshot('warehouse-series-offline');
    for (const label of labels.slice(15, 35)) expect(await steps(operator, label)).toEqual(['arrive']);

    await context.setOffline(false);
    for (const label of labels.slice(35)) await scan(page, label);
    await page.getByText('Connecté.').waitFor({ state: 'attached' });
    await waiting.first().waitFor({ state: 'detached' });
    await eventually(async () => {
      for (const label of labels) expect(await steps(operator, label)).toEqual(['diagnose', 'arrive']);
    }, { what: 'every scan has arrived once' });
    expect(visit.complaints.filter((text) => !text.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([]);
    await visit.close();
  }, TEST_MS);

  it('goes on where a person clears what the browser keeps of this site', async () => {
    const { url } = running().system;
    const [label] = await onTheBench(url, 'Un écran', 'monitor', 1) as [string];
    const visit = await running().visit({ who: 'operator', path: '/warehouse/series' });
    const { page, context } = visit;
    await page.getByLabel(LANGUAGES.fr.choose).selectOption('diagnose');
    await page.getByRole('heading', { level: 1 }).click();
    const browser = await context.newCDPSession(page);
    await browser.send('Storage.clearDataForOrigin', { origin: new URL(page.url()).origin, storageTypes: 'indexeddb' });
    await scan(page, label);
    await page.waitForFunction(() => document.querySelectorAll('li[data-state="done"]').length === 1);
    expect(await steps(await ApiPerson.signIn(url, 'operator'), label)).toEqual(['diagnose', 'arrive']);
    await visit.close();
  }, TEST_MS);

  it('sends no serial that was typed of one device with those that come after it, and goes on where another tab has signed in anew', async () => {
    const { url } = running().system;
    const [label] = await onTheBench(url, 'Un portable', 'laptop', 1) as [string];
    const visit = await running().visit({ who: 'operator', path: '/warehouse/series' });
    const { page } = visit;
    await page.evaluate(() => localStorage.setItem('lacollecte.steps', JSON.stringify({ choice: 'diagnose', fields: { drive: 'ssd', sizeGb: 256, serial: 'S1' } })));
    await page.reload();
    await page.getByRole('heading', { level: 1 }).click();
    const keys: (string | undefined)[] = [];
    await page.route('**/api/refurbishment/scans', async (route) => {
      keys.push(route.request().headers()['idempotency-key']);
      if (keys.length > 1) return route.continue();
      await route.fulfill({ status: 403, contentType: 'application/problem+json', body: JSON.stringify({ code: 'csrf', title: 'not of this session', status: 403 }) });
    });
    const sent = page.waitForRequest('**/api/refurbishment/scans');
    await scan(page, label);
    expect(((await sent).postDataJSON() as { scans: object[] }).scans).toMatchObject([{ drives: [{ kind: 'ssd', sizeGb: 256 }] }]);
    expect((await sent).postData()).not.toContain('S1');
    await page.getByRole('status').filter({ hasText: `${label}, Fait.` }).waitFor({ state: 'attached' });
    expect([keys.length, new Set(keys).size]).toEqual([2, 1]);
    await visit.close();
  }, TEST_MS);

  it.each(['fr', 'en'] as const)('makes a task of what was refused after it had waited, which the site ends (%s)', async (language) => {
    const said = LANGUAGES[language];
    const { url } = running().system;
    const [label] = await onTheBench(url, 'Un écran', 'monitor', 1) as [string];
    const operator = await ApiPerson.signIn(url, 'operator');
    const visit = await running().visit({ who: 'operator', path: '/warehouse/series', language, size: language === 'fr' ? 'desktop' : 'phone' });
    const { page, context } = visit;
    await page.getByLabel(said.choose).selectOption('unblock');
    await page.getByRole('heading', { level: 1 }).click();
    await context.setOffline(true);
    await scan(page, label);
    await page.getByRole('list', { name: said.waiting }).getByRole('listitem').first().waitFor();
    // Meanwhile somebody else has graded nothing and blocked nothing: unblocking does not fit.
    await context.setOffline(false);
    await page.getByRole('list', { name: said.waiting }).waitFor({ state: 'detached' });
    await page.getByText(/devenu une tâche du site|now a task of the site/).first().waitFor();
    await page.getByRole('link', { name: said.station }).click();
    const task = page.getByRole('list', { name: said.tasks }).getByRole('listitem').filter({ hasText: label });
    await task.waitFor();
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot('warehouse-station-tasks');
    await task.getByRole('button', { name: new RegExp(`^${said.end} ${label}`) }).click();
    await task.waitFor({ state: 'detached' });
    expect(await steps(operator, label)).toEqual(['arrive']);
    await visit.close();
  }, TEST_MS);
});
