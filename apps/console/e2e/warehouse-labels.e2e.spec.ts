import { readFile } from 'node:fs/promises';
import { readLabels } from '../fixtures/read-labels.js';
import { inBrowser } from '../fixtures/test-console.js';

const LANGUAGES = {
  fr: { count: 'Nombre d’étiquettes', issue: 'Nouveau rouleau de 26', save: 'PDF de 26 étiquettes', sheet: /^Planches A4/, again: /^Réimprimer le rouleau de 26/, field: 'Étiquettes à réimprimer', wrong: 'Ce ne sont pas des étiquettes : LC-0000', one: 'PDF de 1 étiquette', nothing: 'Rien à imprimer', preview: 'Aperçu', file: /^etiquettes-LC-.*\.pdf$/ },
  en: { count: 'Number of labels', issue: 'New roll of 26', save: 'PDF of 26 labels', sheet: /^A4 sheets/, again: /^Print again the roll of 26/, field: 'Labels to print again', wrong: 'These are no labels: LC-0000', one: 'PDF of 1 label', nothing: 'Nothing to print', preview: 'Preview', file: /^labels-LC-.*\.pdf$/ },
} as const;
const TEST_MS = 180_000;

inBrowser('labels', (running) => {
  it.each([{ language: 'fr', size: 'desktop' }, { language: 'en', size: 'phone' }] as const)('are issued, saved as a file that scanners read, and printed again ($language, $size)', async (options) => {
    const said = LANGUAGES[options.language];
    const visit = await running().visit({ who: 'operator', path: '/warehouse/labels', ...options });
    const { page } = visit;
    const saved = async (button: string) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: button }).click()]);
      expect(download.suggestedFilename()).toMatch(said.file);
      return readLabels(await readFile(await download.path()));
    };
    await page.getByText(said.nothing).waitFor();
    expect(await visit.accessibility()).toEqual([]);
    await page.getByLabel(said.count).fill('26');
    await page.getByRole('button', { name: said.issue }).click();
    await page.getByRole('list', { name: said.preview }).getByRole('img').first().waitFor();
    const onRoll = await saved(said.save);
    expect([onRoll.pages, onRoll.qr.flat(), onRoll.code128.flat()]).toEqual([26, onRoll.code128.flat(), onRoll.qr.flat()]);
    expect(new Set(onRoll.qr.flat()).size).toBe(26);
    await page.getByRole('radio', { name: said.sheet }).check();
    expect(await visit.accessibility()).toEqual([]);
    expect(await visit.fits()).toBe(true);
    await visit.screenshot('warehouse-labels');

    await page.reload();
    await page.getByRole('button', { name: said.again }).first().click();
    const onSheets = await saved(said.save);
    expect(onSheets.pages).toBe(2);
    expect(onSheets.qr.flat().sort()).toEqual(onRoll.qr.flat().sort());

    await page.getByLabel(said.field).fill(`${onRoll.qr[0]![0]!.toLowerCase()}\nLC-0000`);
    await page.getByText(said.wrong).waitFor();
    expect(await visit.accessibility()).toEqual([]);
    const single = await saved(said.one);
    expect(single.qr).toEqual([onRoll.qr[0]]);
    expect(visit.complaints).toEqual([]);
    await visit.close();
  }, TEST_MS);
});
