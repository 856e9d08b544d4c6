import { expectSound, JOURNEY_MS, WAYS, wordsOf } from '../fixtures/administration.js';
import { inBrowser } from '../fixtures/test-console.js';

/** Each journey has a day of its own: a table of the same day takes the place of the one before. */
const DAYS = { fr: '2099-03-01', en: '2099-04-01' };

inBrowser('rules', (running) => {
  it.each(WAYS)('another price table is ready from a day on, beside the one in force ($language, $size)', async (way) => {
    const t = wordsOf(way.language);
    const visit = await running().visit({ who: 'admin', ...way, path: '/administration/rules' });
    const { page } = visit;
    await page.getByText('pc-2026').waitFor();
    await expectSound(visit, 'rules');
    await page.getByRole('link', { name: t.prices.see }).click();
    await page.getByRole('link', { name: t.prices.new }).click();
    const price = page.getByRole('textbox', { name: `${t.categories.laptop}, B` });
    await price.fill('');
    await page.getByLabel(t.rules.fromDay, { exact: true }).fill('2020-01-01');
    await page.getByRole('button', { name: t.prices.propose }).click();
    await page.getByText(t.refused.past).waitFor();
    expect(await price.getAttribute('aria-invalid')).toBe('true');
    await expectSound(visit, 'prices-refused');
    await price.fill({ fr: '82,5', en: '82.5' }[way.language]);
    await page.getByLabel(t.rules.fromDay, { exact: true }).fill(DAYS[way.language]);
    await page.getByRole('button', { name: t.prices.propose }).click();
    await page.getByRole('heading', { level: 1, name: t.prices.title }).waitFor();
    await page.getByRole('button', { name: /2099/ }).first().click();
    await page.getByRole('cell', { name: new RegExp({ fr: '82,50 €', en: '€82\\.50' }[way.language].replaceAll(' ', '\\s')) }).first().waitFor();
    await expectSound(visit, 'prices');

    await page.getByRole('link', { name: t.prices.new }).click();
    await page.getByLabel(t.rules.fromDay, { exact: true }).fill(DAYS[way.language]);
    await page.getByText(t.prices.sameDay).waitFor();
    await visit.close();
  }, JOURNEY_MS);

  it.each(WAYS)('a figure is changed within what it may be, and its history tells ($language, $size)', async (way) => {
    const t = wordsOf(way.language);
    const words = t.figure.matching[way.language === 'fr' ? 'reserveShare' : 'needDays'];
    const { bad, good, unit } = { fr: { bad: '60', good: '12', unit: '%' }, en: { bad: '3', good: '80', unit: 'days' } }[way.language];
    const visit = await running().visit({ who: 'admin', ...way, path: '/administration/rules/figures' });
    const { page } = visit;
    await page.getByText(words.text).waitFor();
    await expectSound(visit, 'figures');
    const change = page.getByRole('button', { name: t.figures.changeOf.replace('{{name}}', words.name) });
    const dialog = page.getByRole('dialog', { name: words.name });
    const value = dialog.getByRole('textbox', { name: t.figures.value });
    await change.click();
    await value.fill(bad);
    await dialog.getByRole('button', { name: t.figures.change }).click();
    await dialog.getByText(t.form.refused_one.replace('{{count, number}}', '1')).waitFor();
    expect(await value.getAttribute('aria-invalid')).toBe('true');
    await expectSound(visit, 'figure-refused');

    // Meanwhile another admin changes the same.
    const other = await running().visit({ who: 'admin', ...way, path: '/administration/rules/figures' });
    await other.page.getByRole('button', { name: t.figures.changeOf.replace('{{name}}', words.name) }).click();
    await other.page.getByRole('dialog').getByRole('textbox').fill('11');
    await other.page.getByRole('dialog').getByRole('button', { name: t.figures.change }).click();
    await other.page.getByRole('dialog').waitFor({ state: 'detached' });
    await other.close();

    await value.fill(good);
    await dialog.getByRole('button', { name: t.figures.change }).click();
    await dialog.getByText(t.overtaken.title).waitFor();
    await expectSound(visit, 'figure-overtaken');
    await dialog.getByRole('button', { name: t.overtaken.keep }).click();
    expect(await value.inputValue()).toContain(good);
    await dialog.getByRole('button', { name: t.figures.change }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByRole('button', { name: t.figures.historyOf.replace('{{name}}', words.name) }).click();
    const history = page.getByRole('list', { name: t.figures.historyOf.replace('{{name}}', words.name) });
    await history.getByText('Andrea Administration').first().waitFor();
    expect((await history.getByRole('listitem').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' '))).toEqual([expect.stringContaining(`${good} ${unit}`), expect.stringContaining(`11 ${unit}`), expect.stringContaining(unit)]);
    await expectSound(visit, 'figures-history');
    await visit.close();
  }, JOURNEY_MS);

  it('every figure of every service has its words in both languages', async () => {
    for (const language of ['fr', 'en'] as const) {
      const t = wordsOf(language);
      const visit = await running().visit({ who: 'admin', language, path: '/administration/rules/figures' });
      const names = visit.page.getByRole('heading', { level: 3 });
      await names.first().waitFor();
      await visit.page.waitForLoadState('networkidle');
      const known = Object.values(t.figure).flatMap((figures) => Object.values(figures as Record<string, { name: string }>).map(({ name }) => name));
      expect((await names.allInnerTexts()).filter((name) => !known.includes(name))).toEqual([]);
      await visit.close();
    }
  }, JOURNEY_MS);

  it.each(WAYS)('a next version of grading rules is made by a form and follows from a day on ($language, $size)', async (way) => {
    const t = wordsOf(way.language);
    const visit = await running().visit({ who: 'admin', ...way, path: '/administration/rules/grading/pc-2026' });
    const { page } = visit;
    await page.getByRole('heading', { level: 3, name: t.inputs.cpuMark }).waitFor();
    await expectSound(visit, 'grading');
    await page.getByRole('link', { name: t.grading.next }).click();
    const from = (row: number) => page.getByRole('textbox', { name: t.scheme.fromRow.replace('{{input}}', t.inputs.ramGb).replace('{{row}}', String(row)) });
    await from(3).fill('3');
    await page.getByRole('textbox', { name: t.grading.name }).fill('pc-2026');
    await page.getByRole('button', { name: t.grading.propose }).click();
    await page.getByText(t.refused.taken).waitFor();
    await page.getByText(t.refused.rising).waitFor();
    await page.getByText(t.refused.day).waitFor();
    await expectSound(visit, 'grading-refused');
    const name = `pc-2099-${way.language}`;
    await from(3).fill('6');
    await page.getByRole('textbox', { name: t.grading.name }).fill(name);
    await page.getByLabel(t.rules.fromDay, { exact: true }).fill(DAYS[way.language]);
    await page.getByRole('button', { name: t.scheme.addRowOf.replace('{{input}}', t.inputs.ramGb) }).click();
    await from(6).fill('32');
    await page.getByRole('textbox', { name: t.scheme.pointsRow.replace('{{input}}', t.inputs.ramGb).replace('{{row}}', '6') }).fill('5');
    await page.getByRole('button', { name: t.grading.propose }).click();
    await page.waitForURL(`**/grading/${name}`);
    await page.getByText(t.standing.ahead).waitFor();
    expect(await page.getByRole('table', { name: t.inputs.ramGb }).getByRole('row').allInnerTexts()).toEqual([expect.anything(), '0\t0', '4\t1', '6\t2', '8\t3', '16\t4', '32\t5']);
    await expectSound(visit, 'grading-next');
    await visit.close();
  }, JOURNEY_MS);
});
