import type { Page } from 'playwright-core';
import { onTheBench, sheetOf } from '../fixtures/bench.js';
import { ApiPerson } from '../fixtures/person.js';
import { inBrowser } from '../fixtures/test-console.js';

/** What an American scanner's keys give on a French keyboard. */
const AZERTY: Readonly<Record<string, string>> = {
  q: 'a', a: 'q', w: 'z', z: 'w', m: ',', '-': ')', 1: '&', 2: 'é', 3: '"', 4: "'", 5: '(', 6: '-', 7: 'è', 8: '_', 9: 'ç', 0: 'à',
};
const codeOf = (character: string) => (/\d/.test(character) ? `Digit${character}` : character === '-' ? 'Minus' : `Key${character.toUpperCase()}`);

/** Keys as that scanner sends them to a French computer, two line feeds at the end. */
async function scanThroughFrench(page: Page, label: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  for (const character of label.toLowerCase()) {
    const key = AZERTY[character] ?? character;
    await session.send('Input.dispatchKeyEvent', { type: 'keyDown', key, code: codeOf(character), text: key });
    await session.send('Input.dispatchKeyEvent', { type: 'keyUp', key, code: codeOf(character) });
  }
  for (const lineFeed of ['Enter', 'Enter']) await page.keyboard.press(lineFeed);
  await session.detach();
}

async function scan(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

const LANGUAGES = {
  fr: { diagnose: 'Faire le diagnostic', test: 'Enregistrer le test', grade: 'Donner la catégorie', ready: 'Terminé ici : à ranger en stock.', undo: 'Annuler', undone: 'Reçu', unknown: /aucun appareil à montrer/, recent: 'À l’instant', from: 'Vient du don', block: 'Bloquer', confirm: 'C’est fait', blocked: 'Bloqué', unblock: 'Débloquer', kind: 'Écran' },
  en: { diagnose: 'Diagnose it', test: 'Record the test', grade: 'Give it its grade', ready: 'Done here: put it into stock.', undo: 'Undo', undone: 'Received', unknown: /no device to show/, recent: 'Just now', from: 'From the gift', block: 'Block', confirm: 'Done', blocked: 'Blocked', unblock: 'Unblock it', kind: 'Monitor' },
} as const;

/** Every page is examined for accessibility, which takes long where much else runs. */
const TEST_MS = 300_000;

inBrowser('the station', (running) => {
  it.each([{ language: 'fr', size: 'desktop' }, { language: 'en', size: 'phone' }, { language: 'fr', size: 'tablet', scheme: 'dark' }] as const)('leads a device through the workshop, scan by scan ($language, $size)', async (options) => {
    const said = LANGUAGES[options.language];
    const { url } = running().system;
    const title = `Écrans ${options.language} ${options.size}`;
    const [label] = await onTheBench(url, title, 'monitor', 1) as [string];
    const operator = await ApiPerson.signIn(url, 'operator');
    const visit = await running().visit({ who: 'operator', ...options });
    const { page } = visit;
    await page.getByRole('textbox').waitFor();
    expect(await visit.accessibility()).toEqual([]);
    await visit.screenshot('warehouse-station-empty');

    // The focus is elsewhere: on a button of the frame.
    await page.getByRole('button', { name: /^(Compte de|Account of) / }).focus();
    await scanThroughFrench(page, label);
    const confirmable = await page.evaluate(() => performance.now() + 500);
    await page.getByRole('heading', { level: 2, name: label }).waitFor();
    await page.getByText(`${said.kind} · Iiyama B2483`).waitFor();
    await page.getByText(new RegExp(`${said.from}.*${title}`)).waitFor();
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot('warehouse-station-device');

    const recent = page.getByRole('list', { name: said.recent });
    const button = (name: string) => page.getByRole('button', { name, exact: false }).and(page.locator('[aria-keyshortcuts="Enter"]'));
    await button(said.diagnose).waitFor();
    // A second line feed of the scanner has not confirmed anything; a person's Enter does.
    expect((await sheetOf(operator, label)).history.map(({ step }) => step)).toEqual(['arrive']);
    await page.waitForFunction((until) => performance.now() > until, confirmable);
    await page.keyboard.press('Enter');
    await button(said.test).waitFor();
    await page.getByRole('button', { name: new RegExp(`^${said.undo}`) }).click();
    await button(said.diagnose).waitFor();
    expect((await sheetOf(operator, label)).state).toBe('received');

    await button(said.diagnose).click();
    await button(said.test).waitFor();
    await page.getByRole('button', { name: new RegExp(`^${said.block}`) }).click();
    expect(await visit.accessibility()).toEqual([]);
    await page.getByRole('dialog').getByRole('button', { name: said.confirm }).click();
    await button(said.unblock).click();
    await button(said.test).click();
    await button(said.grade).click();
    await page.getByText(said.ready).waitFor();
    expect(await sheetOf(operator, label)).toMatchObject({ state: 'ready', next: null });
    expect(await recent.getByRole('listitem').count()).toBe(8);

    await scan(page, 'LC-0000-0000');
    await page.getByRole('alert').filter({ hasText: said.unknown }).waitFor();
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot('warehouse-station-unknown');
    expect(visit.complaints).toEqual([]);
    await visit.close();
  }, TEST_MS);

  it('looks at the next device where it is scanned before a window has its answer: nothing is done of the one before', async () => {
    const { url } = running().system;
    const [first, second] = await onTheBench(url, 'Deux écrans', 'monitor', 2) as [string, string];
    const visit = await running().visit({ who: 'operator' });
    const { page } = visit;
    await page.getByRole('textbox').waitFor();
    await scan(page, first);
    await page.getByRole('heading', { level: 2, name: first }).waitFor();
    await page.getByRole('button', { name: /^Bloquer/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: LANGUAGES.fr.confirm }).waitFor();
    await scan(page, second);
    await page.getByRole('heading', { level: 2, name: second }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    const operator = await ApiPerson.signIn(url, 'operator');
    expect((await sheetOf(operator, first)).history.map(({ step }) => step)).toEqual(['arrive']);
    await visit.close();
  }, TEST_MS);
});
